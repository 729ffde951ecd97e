namespace SixLabors.ImageSharp.Processing;

/// <summary>Where a resized image comes to lie, computed as ImageSharp computes it.</summary>
internal static class ResizePlan
{
    /// <summary>Plans.</summary>
    /// <param name="source">The image's size.</param>
    /// <param name="options">What is wanted.</param>
    /// <returns>The size of the result, and the whole resized image in its coordinates: it covers the result, and may
    /// stand out.</returns>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public static (Size Size, Rectangle Placed) Make(Size source, ResizeOptions options)
    {
        var (width, height) = CompleteSize(source, options.Size);
        return options.Mode switch
        {
            ResizeMode.Stretch => (new Size(width, height), new Rectangle(0, 0, width, height)),
            ResizeMode.Crop => (new Size(width, height), Cover(source, width, height)),
            ResizeMode.Max => Fit(source, width, height),
            var mode => throw new ArgumentException($"no such mode: {mode}", nameof(options)),
        };
    }

    private static (int Width, int Height) CompleteSize(Size source, Size wanted)
    {
        if (wanted.Width < 0 || wanted.Height < 0 || (wanted.Width == 0 && wanted.Height == 0))
        {
            throw new ArgumentException($"{wanted} must have a positive side, and no negative one", nameof(wanted));
        }

        return wanted.Width == 0 ? (Scaled(source.Width, wanted.Height / (float)source.Height), wanted.Height)
            : wanted.Height == 0 ? (wanted.Width, Scaled(source.Height, wanted.Width / (float)source.Width))
            : (wanted.Width, wanted.Height);
    }

    private static Rectangle Cover(Size source, int width, int height)
    {
        var (ratioAcross, ratioDown) = (width / (float)source.Width, height / (float)source.Height);
        if (ratioDown < ratioAcross)
        {
            var y = (int)MathF.Round((height - (source.Height * ratioAcross)) / 2);
            return new Rectangle(0, y, width, Math.Max(height - y, (int)MathF.Ceiling(source.Height * ratioAcross)));
        }

        var x = (int)MathF.Round((width - (source.Width * ratioDown)) / 2);
        return new Rectangle(x, 0, Math.Max(width - x, (int)MathF.Ceiling(source.Width * ratioDown)), height);
    }

    private static (Size Size, Rectangle Placed) Fit(Size source, int width, int height)
    {
        var (ratioAcross, ratioDown) = (width / (float)source.Width, height / (float)source.Height);
        var size = ratioDown < ratioAcross
            ? new Size(Scaled(source.Width, ratioDown), height)
            : new Size(width, Scaled(source.Height, ratioAcross));
        return (size, new Rectangle(0, 0, size.Width, size.Height));
    }

    private static int Scaled(int length, float ratio) => Math.Max(1, (int)MathF.Round(length * ratio));
}
