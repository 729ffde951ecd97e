using System.Numerics;

namespace SixLabors.ImageSharp.Processing.Processors.Transforms;

/// <summary>Resizes in two passes, across and then down, in float32 between them; alpha premultiplied.</summary>
internal static class Resizer
{
    /// <summary>Columns that go through both passes together: bounds the memory between them, and stays in the
    /// cache.</summary>
    private const int StripColumns = 64;

    /// <summary>Resizes.</summary>
    /// <param name="source">The pixels.</param>
    /// <param name="across">The kernels of the result's columns.</param>
    /// <param name="down">The kernels of the result's rows.</param>
    /// <param name="size">The result's size.</param>
    public static PixelBuffer Resize(PixelBuffer source, ResizeKernels across, ResizeKernels down, Size size)
    {
        var result = new PixelBuffer(size.Width, size.Height, source.Channels);
        var firstRow = down.First(0);
        var lastRow = down.First(size.Height - 1) + down.Weights(size.Height - 1).Length - 1;
        var strip = new Vector4[(lastRow - firstRow + 1) * StripColumns];
        var sourceRow = new Vector4[source.Width];
        for (var left = 0; left < size.Width; left += StripColumns)
        {
            var columns = Math.Min(StripColumns, size.Width - left);
            for (var y = firstRow; y <= lastRow; y++)
            {
                ResizeRow(source, y, across, left, sourceRow, strip.AsSpan((y - firstRow) * StripColumns, columns));
            }

            for (var y = 0; y < size.Height; y++)
            {
                ResizeColumns(strip, down, y, firstRow, result.Row(y).Slice(left * source.Channels, columns * source.Channels), source.Channels);
            }
        }

        return result;
    }

    private static void ResizeRow(PixelBuffer source, int y, ResizeKernels across, int left, Vector4[] sourceRow, Span<Vector4> target)
    {
        var first = across.First(left);
        var end = across.First(left + target.Length - 1) + across.Weights(left + target.Length - 1).Length;
        Unpack(source.Row(y)[(first * source.Channels)..(end * source.Channels)], sourceRow.AsSpan(first), source.Channels);
        for (var x = 0; x < target.Length; x++)
        {
            var weights = across.Weights(left + x);
            var pixels = sourceRow.AsSpan(across.First(left + x), weights.Length);
            var sum = Vector4.Zero;
            for (var tap = 0; tap < weights.Length; tap++) sum += pixels[tap] * weights[tap];
            target[x] = sum;
        }
    }

    private static void ResizeColumns(Vector4[] strip, ResizeKernels down, int y, int firstRow, Span<byte> target, int channels)
    {
        var weights = down.Weights(y);
        var top = (down.First(y) - firstRow) * StripColumns;
        for (var x = 0; x < target.Length / channels; x++)
        {
            var sum = Vector4.Zero;
            for (var tap = 0; tap < weights.Length; tap++) sum += strip[top + (tap * StripColumns) + x] * weights[tap];
            Pack(sum, target.Slice(x * channels, channels));
        }
    }

    private static void Unpack(ReadOnlySpan<byte> bytes, Span<Vector4> pixels, int channels)
    {
        for (int offset = 0, x = 0; offset < bytes.Length; offset += channels, x++)
        {
            pixels[x] = channels switch
            {
                1 => new Vector4(bytes[offset]),
                3 => new Vector4(bytes[offset], bytes[offset + 1], bytes[offset + 2], 0),
                _ => Premultiply(bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]),
            };
        }
    }

    private static Vector4 Premultiply(byte red, byte green, byte blue, byte alpha) =>
        new(new Vector3(red, green, blue) * (alpha / 255f), alpha);

    private static void Pack(Vector4 pixel, Span<byte> bytes)
    {
        if (bytes.Length == 4 && pixel.W != 0) pixel = new Vector4(pixel.AsVector3() * (255 / pixel.W), pixel.W);
        var rounded = Vector4.Clamp(pixel, Vector4.Zero, new Vector4(255)) + new Vector4(.5f);
        for (var channel = 0; channel < bytes.Length; channel++) bytes[channel] = (byte)rounded[channel];
    }
}
