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

    /// <summary>How many images there are.</summary>
    public int Count => Indices.Length;

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
