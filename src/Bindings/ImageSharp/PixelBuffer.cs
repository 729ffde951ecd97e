namespace SixLabors.ImageSharp;

/// <summary>The pixels of an image: rows from top to bottom, without gaps, the bytes of a pixel beside each
/// other.</summary>
internal sealed class PixelBuffer
{
    /// <summary>More than any camera, and 400 MB at most: what a file may declare and still be decoded.</summary>
    public const int MaximumDecodedPixels = 100_000_000;

    public PixelBuffer(int width, int height, int channels)
        : this(width, height, channels, Allocate(width, height, channels))
    {
    }

    public PixelBuffer(int width, int height, int channels, byte[] bytes)
    {
        Width = width;
        Height = height;
        Channels = channels;
        Bytes = bytes;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes of a pixel: 1 luminance, 2 with alpha (only while decoding), 3 RGB, 4 RGBA.</summary>
    public int Channels { get; }

    /// <summary>[H, W, C] uint8.</summary>
    public byte[] Bytes { get; }

    /// <summary>Bytes of a row.</summary>
    public int Stride => Width * Channels;

    public Span<byte> Row(int y) => Bytes.AsSpan(y * Stride, Stride);

    public PixelBuffer Copy() => new(Width, Height, Channels, Bytes.AsSpan().ToArray());

    /// <summary>The part that a rectangle, which lies within, covers.</summary>
    public PixelBuffer Crop(Rectangle part)
    {
        var cropped = new PixelBuffer(part.Width, part.Height, Channels);
        for (var y = 0; y < part.Height; y++)
        {
            Row(part.Y + y).Slice(part.X * Channels, cropped.Stride).CopyTo(cropped.Row(y));
        }

        return cropped;
    }

    /// <summary>
    /// The same picture in another pixel format. Luminance is 0.2126 R + 0.7152 G + 0.0722 B (ITU-R BT.709), rounded, as
    /// ImageSharp has it; alpha that the new format lacks is left out, not blended.
    /// </summary>
    public PixelBuffer ConvertTo(int channels)
    {
        if (channels == Channels) return this;
        var converted = new PixelBuffer(Width, Height, channels);
        var (from, to) = (Bytes, converted.Bytes);
        for (int source = 0, target = 0; source < from.Length; source += Channels, target += channels)
        {
            var (red, green, blue) = Channels < 3
                ? (from[source], from[source], from[source])
                : (from[source], from[source + 1], from[source + 2]);
            if (channels == 1)
            {
                to[target] = Channels < 3 ? red : (byte)((red * .2126f) + (green * .7152f) + (blue * .0722f) + .5f);
                continue;
            }

            to[target] = red;
            to[target + 1] = green;
            to[target + 2] = blue;
            if (channels == 4) to[target + 3] = Channels % 2 == 0 ? from[source + Channels - 1] : byte.MaxValue;
        }

        return converted;
    }

    private static byte[] Allocate(int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((Int128)width * height * channels, Array.MaxLength, nameof(width));
        return new byte[width * height * channels];
    }
}
