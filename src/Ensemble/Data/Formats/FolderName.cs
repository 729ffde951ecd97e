namespace Ensemble.Data.Formats;

/// <summary>What a data set in a folder is called.</summary>
internal static class FolderName
{
    /// <summary>The last part of a path, however it is written: <c>mnist</c> of <c>data/mnist/</c>.</summary>
    public static string Of(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return name.Length > 0 ? name : "data";
    }
}
