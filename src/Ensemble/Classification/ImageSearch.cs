using Ensemble.Data.Images;

namespace Ensemble.Classification;

/// <summary>Finds image files in folders.</summary>
public static class ImageSearch
{
    /// <summary>Every file in a folder, and in the folders below it, that is called like an image, in the order of their paths.</summary>
    /// <param name="folder">The folder; hidden files and folders, and links to folders, are passed over.</param>
    /// <returns>At least one path, each beginning with <paramref name="folder"/>.</returns>
    /// <exception cref="DataFaultException">The folder cannot be listed, or holds no such file.</exception>
    public static IReadOnlyList<string> Find(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var found = new List<string>();
        Collect(folder, found);
        return found.Count > 0
            ? [.. found.Order(StringComparer.Ordinal)]
            : throw new DataFaultException(folder, "a folder with images", "none", "name a folder that holds image files, or the files");
    }

    private static void Collect(string folder, List<string> found)
    {
        var (folders, files) = FolderListing.List(folder);
        found.AddRange(files.Where(FolderListing.IsImageName));
        foreach (var inner in folders.Where(inner => !FolderListing.IsHidden(inner) && !FolderListing.IsLink(inner)))
        {
            Collect(inner, found);
        }
    }
}
