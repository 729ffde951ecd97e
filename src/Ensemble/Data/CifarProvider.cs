namespace Ensemble.Data;

/// <summary>CIFAR-10 or CIFAR-100, from the folder of its binary version.</summary>
/// <param name="format">Which of the two.</param>
public sealed class CifarProvider(CifarFormat format) : IDatasetProvider
{
    /// <inheritdoc/>
    public string Name => format.Name;

    /// <inheritdoc/>
    public string Description =>
        $"photographs of {format.ClassCount} classes, 3x32x32; the directory {format.FolderName}, or the one above it";

    /// <inheritdoc/>
    public bool NeedsDirectory => true;

    /// <inheritdoc/>
    public DatasetSplits Load(DatasetRequest request)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(request?.Directory, nameof(request));
        return CifarFolder.Load(request.Directory, format);
    }
}
