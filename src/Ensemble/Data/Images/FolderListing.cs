namespace Ensemble.Data.Images;

/// <summary>What lies in a folder.</summary>
internal static class FolderListing
{
    // What is read, and what a person would call an image but is not read: left out silently, rows would be lost.
    private static readonly HashSet<string> s_extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".png", ".bmp", ".gif",
        ".webp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".jp2", ".tga", ".ppm", ".pgm",
    };

    /// <summary>The folders and files in a folder, in no order.</summary>
    /// <exception cref="DataFaultException">It is missing, or cannot be listed.</exception>
    public static (string[] Folders, string[] Files) List(string folder)
    {
        try
        {
            var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false };
            return (Directory.GetDirectories(folder, "*", options), Directory.GetFiles(folder, "*", options));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFaultException(
                folder, "a folder of images", $"one that cannot be listed ({exception.Message})", "check the path and its permissions", exception);
        }
    }

    /// <summary>Whether a name begins with a dot.</summary>
    public static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');

    /// <summary>Whether a file that is not hidden is called like an image.</summary>
    public static bool IsImageName(string path) => !IsHidden(path) && s_extensions.Contains(Path.GetExtension(path));

    /// <summary>Whether a folder is a link.</summary>
    public static bool IsLink(string folder) => new DirectoryInfo(folder).LinkTarget is not null;

    /// <summary>Whether a link leads to a folder that holds it, and so to itself.</summary>
    public static bool IsAbove(string folder)
    {
        var target = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        return target is not null
            && (Path.GetFullPath(folder) + "/").StartsWith(Path.TrimEndingDirectorySeparator(target) + "/", StringComparison.Ordinal);
    }

    /// <summary>Whether a folder holds an image's file: stops at the first one; false when it cannot be listed.</summary>
    public static bool HoldsImages(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder).Any(IsImageName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
