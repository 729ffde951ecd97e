namespace Ensemble.Data;

/// <summary>The size of one image, in the order in which its values lie: channel, row, column.</summary>
public sealed record ImageShape
{
    /// <summary>Creates the shape.</summary>
    /// <param name="channels">Colour planes: 1 for grey, 3 for red, green, blue.</param>
    /// <param name="height">Rows, in pixels.</param>
    /// <param name="width">Columns, in pixels.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is below 1, or their product passes
    /// <see cref="int.MaxValue"/>.</exception>
    public ImageShape(int channels, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            (Int128)channels * height * width, int.MaxValue, nameof(channels));
        Channels = channels;
        Height = height;
        Width = width;
    }

    /// <summary>Colour planes, at least 1.</summary>
    public int Channels { get; }

    /// <summary>Rows in pixels, at least 1.</summary>
    public int Height { get; }

    /// <summary>Columns in pixels, at least 1.</summary>
    public int Width { get; }

    /// <summary>Pixels of one plane.</summary>
    public int PlaneLength => Height * Width;

    /// <summary>Values (bytes) of one image, all planes.</summary>
    public int ValueCount => Channels * PlaneLength;

    /// <summary>The shape as a person writes it: <c>3x32x32</c>.</summary>
    /// <returns>Channels, height and width, joined by x.</returns>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
