namespace Ensemble.Data.Formats;

/// <summary>Data sets by the path of a folder of STL-10's binaries.</summary>
public sealed class Stl10FolderPathReader : IDatasetPathReader
{
    /// <inheritdoc/>
    public string Reads => "a folder of STL-10's binaries";

    /// <inheritdoc/>
    public bool Recognises(string path) => Stl10Folder.HoldsTrainingImages(path);

    /// <inheritdoc/>
    public DatasetSplits Load(string path, DatasetRequest request) => Stl10Folder.Load(path, FolderName.Of(path));
}
