namespace Ensemble.Data.Images;

/// <summary>
/// The size that all images of a data set get. Asked for: that, square. Otherwise, where all are of one size and no side
/// is longer than 64 pixels: that size. Otherwise a square of the median of the images' shorter sides, at most 64,
/// rounded down to a multiple of 4. Sizes are taken after the EXIF orientation is applied. An image of another size is
/// resized (bicubic, antialiased) until its shorter side fits, and the middle of the longer one is kept.
/// </summary>
/// <remarks>64 is this project's choice: networks here are small, and a step costs with the square of the side. Who
/// wants 224 asks for it.</remarks>
public static class ImageSizeRule
{
    /// <summary>The longest side that is chosen without being asked for, in pixels.</summary>
    public const int LargestChosenPixels = 64;

    internal const int SmallestPixels = 8;

    /// <summary>Chooses.</summary>
    /// <param name="sizes">The images' sizes, in pixels, upright; at least one.</param>
    /// <returns>The size, and why, for a person.</returns>
    public static (int Width, int Height, string Reason) Choose(IReadOnlyList<(int Width, int Height)> sizes)
    {
        var (width, height) = sizes[0];
        if (sizes.All(size => size == sizes[0]) && Math.Max(width, height) <= LargestChosenPixels && Math.Min(width, height) >= SmallestPixels)
        {
            return (width, height, $"all images are {width}x{height}");
        }

        var shorter = sizes.Select(size => Math.Min(size.Width, size.Height)).Order().ToArray();
        var median = shorter[(shorter.Length - 1) / 2];
        var side = Math.Max(SmallestPixels, Math.Min(LargestChosenPixels, median) / 4 * 4);
        return (side, side, $"{side}x{side}, from a median shorter side of {median} pixels ({shorter[0]} to {shorter[^1]})");
    }
}
