namespace Ensemble.Data.Formats;

/// <summary>Data sets by the path of a folder of SVHN's cropped digits.</summary>
public sealed class SvhnFolderPathReader : IDatasetPathReader
{
    /// <inheritdoc/>
    public string Reads => "a folder of SVHN's cropped digits (.mat)";

    /// <inheritdoc/>
    public bool Recognises(string path) => SvhnFolder.HoldsTrainingImages(path);

    /// <inheritdoc/>
    public DatasetSplits Load(string path, DatasetRequest request) => SvhnFolder.Load(path, FolderName.Of(path));
}
