namespace ScottPlot;

/// <summary>A file that was written.</summary>
public class SavedImageInfo
{
    /// <summary>Describes a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="fileSize">Bytes.</param>
    public SavedImageInfo(string path, int fileSize) => (Path, FileSize) = (path, fileSize);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Bytes.</summary>
    public int FileSize { get; }
}
