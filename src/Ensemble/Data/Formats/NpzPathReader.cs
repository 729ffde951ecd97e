namespace Ensemble.Data.Formats;

/// <summary>Data sets by the path of an <c>.npz</c> file.</summary>
public sealed class NpzPathReader : IDatasetPathReader
{
    /// <inheritdoc/>
    public string Reads => "an .npz file of images and labels";

    /// <inheritdoc/>
    public IReadOnlyList<string> Options => [nameof(ReadingOptions.TestShare)];

    /// <inheritdoc/>
    public bool Recognises(string path) =>
        Path.GetExtension(path).Equals(".npz", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);

    /// <inheritdoc/>
    public DatasetSplits Load(string path, DatasetRequest request) =>
        NpzDataset.Load(path, request.Seed, request.Reading.TestShare ?? NpzDataset.DefaultTestShare);
}
