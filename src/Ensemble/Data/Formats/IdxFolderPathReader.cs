namespace Ensemble.Data.Formats;

/// <summary>
/// Data sets by the path of a folder of idx files, under MNIST's names. The classes are counted: as many as the largest
/// label says, named by their numbers.
/// </summary>
public sealed class IdxFolderPathReader : IDatasetPathReader
{
    /// <inheritdoc/>
    public string Reads => "a folder of MNIST's four idx files";

    /// <inheritdoc/>
    public bool Recognises(string path) => MnistFolder.HoldsTrainingImages(path);

    /// <inheritdoc/>
    public DatasetSplits Load(string path, DatasetRequest request)
    {
        string[] everyByte = [.. Enumerable.Range(0, 1 + byte.MaxValue).Select(label => $"{label}")];
        var splits = MnistFolder.Load(path, everyByte, FolderName.Of(path));
        var largest = Math.Max(LargestLabel(splits.Train), LargestLabel(splits.Test));
        var names = everyByte[..(largest + 1)];
        return new DatasetSplits(splits.Name, Rename(splits.Train, names), Rename(splits.Test, names));
    }

    private static int LargestLabel(ImageDataset dataset) => dataset.Labels.ToArray().Max();

    private static ImageDataset Rename(ImageDataset dataset, string[] names) =>
        new(dataset.Shape, dataset.Pixels, dataset.Labels, names, dataset.Source);
}
