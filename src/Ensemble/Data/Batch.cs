using TorchSharp;

namespace Ensemble.Data;

/// <summary>Some images of a data set on the training device, ready for a network.</summary>
public sealed class Batch : IDisposable
{
    internal Batch(torch.Tensor images, torch.Tensor labels, ReadOnlyMemory<int> indices, int? view)
    {
        View = view;
        Images = images;
        Labels = labels;
        Indices = indices;
    }

    /// <summary>[B, C, H, W] float32, normalised, channels last.</summary>
    public torch.Tensor Images { get; }

    /// <summary>[B] int64, classes.</summary>
    public torch.Tensor Labels { get; }

    /// <summary>Which sample of the data set each row is.</summary>
    public ReadOnlyMemory<int> Indices { get; }

    /// <summary>Which view of its samples this is, from 0; null for the images as they are.</summary>
    public int? View { get; }

    /// <summary>[B] int64, the classes of the images that are mixed in; null when none are.</summary>
    public torch.Tensor? MixLabels { get; internal init; }

    /// <summary>[B] float32, 0 to 1: the share of the mixed-in image in each row, and so of its label; null when none
    /// are.</summary>
    public torch.Tensor? MixWeights { get; internal init; }

    /// <summary>Which sample of the data set is mixed into each row; empty when none are.</summary>
    public ReadOnlyMemory<int> MixIndices { get; internal init; }

    /// <summary>How many images there are.</summary>
    public int Count => Indices.Length;

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
        MixLabels?.Dispose();
        MixWeights?.Dispose();
    }
}
