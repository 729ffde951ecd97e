namespace SixLabors.ImageSharp.Processing;

/// <summary>Cuts a part out of an image.</summary>
public static class CropExtensions
{
    /// <summary>Keeps a part.</summary>
    /// <param name="source">The image.</param>
    /// <param name="cropRectangle">The part.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentException">The part is empty, or not all of it lies within the image.</exception>
    public static IImageProcessingContext Crop(this IImageProcessingContext source, Rectangle cropRectangle)
    {
        ArgumentNullException.ThrowIfNull(source);
        var (part, size) = (cropRectangle, source.GetCurrentSize());
        if (part.X < 0 || part.Y < 0 || part.Width < 1 || part.Height < 1
            || part.X > size.Width - part.Width || part.Y > size.Height - part.Height)
        {
            throw new ArgumentException($"{part} must lie within {source.Image.Bounds}", nameof(cropRectangle));
        }

        return source.Apply(pixels => pixels.Crop(cropRectangle));
    }

    /// <summary>Keeps the upper left part.</summary>
    /// <param name="source">The image.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentException">The part is empty, or larger than the image.</exception>
    public static IImageProcessingContext Crop(this IImageProcessingContext source, int width, int height) =>
        source.Crop(new Rectangle(0, 0, width, height));
}
