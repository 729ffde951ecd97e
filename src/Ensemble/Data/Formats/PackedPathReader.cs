namespace Ensemble.Data.Formats;

/// <summary>Data sets by the path of a packed file, <c>.ensdata</c>.</summary>
public sealed class PackedPathReader : IDatasetPathReader
{
    /// <inheritdoc/>
    public string Reads => "a packed file (.ensdata)";

    /// <inheritdoc/>
    public bool Recognises(string path) =>
        Path.GetExtension(path).Equals(PackedDataset.Extension, StringComparison.OrdinalIgnoreCase)
        && !Directory.Exists(path);

    /// <inheritdoc/>
    public DatasetSplits Load(string path, DatasetRequest request) => PackedDataset.Read(path);
}
