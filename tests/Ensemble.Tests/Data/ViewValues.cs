using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Tests.Data;

/// <summary>Pixels that look like nothing, and what views make of them.</summary>
internal static class ViewValues
{
    /// <summary>Statistics under which a byte x becomes x / 255.</summary>
    public static ChannelStatistics Identity(int channels) => new()
    {
        Mean = [.. Enumerable.Repeat(0.0, channels)],
        StandardDeviation = [.. Enumerable.Repeat(1.0, channels)],
    };

    /// <summary>Images of drawn bytes from some range.</summary>
    public static ImageDataset Drawn(int count, int channels = 3, int side = 8, int minimum = 0, int maximum = 255)
    {
        var shape = new ImageShape(channels, side, side);
        var random = new RandomStream(3, "test/view-values");
        var pixels = new byte[count * shape.ValueCount];
        for (var index = 0; index < pixels.Length; index++)
        {
            pixels[index] = (byte)(minimum + random.NextInt(maximum - minimum + 1));
        }

        var labels = Enumerable.Range(0, count).Select(index => index % 5).ToArray();
        return new ImageDataset(shape, pixels, labels, TestImages.Names(5), "drawn");
    }

    /// <summary>Row-major [B, C, H, W].</summary>
    public static float[] Of(torch.Tensor tensor)
    {
        using var packed = tensor.contiguous();
        return packed.data<float>().ToArray();
    }

    /// <summary>The values of each row of a batch.</summary>
    public static float[][] Rows(Batch batch)
    {
        var values = Of(batch.Images);
        return [.. values.Chunk(values.Length / batch.Count)];
    }

    public static string Checksum(torch.Tensor tensor) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(Of(tensor).AsSpan())));
}
