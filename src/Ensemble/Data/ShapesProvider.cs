namespace Ensemble.Data;

/// <summary>The drawn data set <c>shapes</c>.</summary>
/// <param name="options">What to draw, or null for the defaults; the seed is the request's.</param>
public sealed class ShapesProvider(ShapesOptions? options = null) : IDatasetProvider
{
    /// <inheritdoc/>
    public string Name => "shapes";

    /// <inheritdoc/>
    public string Description => "ten kinds of figure, 3x32x32, drawn from the seed; needs no files";

    /// <inheritdoc/>
    public bool NeedsDirectory => false;

    /// <inheritdoc/>
    public DatasetSplits Load(DatasetRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ShapesDataset.Draw((options ?? new ShapesOptions()) with { Seed = request.Seed }, cancellationToken: request.CancellationToken);
    }
}
