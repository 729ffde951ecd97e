namespace Ensemble.Data;

/// <summary>MNIST, or a data set of the same files, from a folder of idx files.</summary>
public sealed class MnistProvider : IDatasetProvider
{
    /// <inheritdoc/>
    public string Name => "mnist";

    /// <inheritdoc/>
    public string Description => "handwritten digits, 1x28x28; a directory of the four idx files, plain or .gz";

    /// <inheritdoc/>
    public bool NeedsDirectory => true;

    /// <inheritdoc/>
    public DatasetSplits Load(DatasetRequest request)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(request?.Directory, nameof(request));
        return MnistFolder.Load(request.Directory, name: Name);
    }
}
