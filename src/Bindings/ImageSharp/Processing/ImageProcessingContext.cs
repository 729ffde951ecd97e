namespace SixLabors.ImageSharp.Processing;

/// <summary>Applies each step at once, to an image in place.</summary>
internal sealed class ImageProcessingContext(Image image) : IImageProcessingContext
{
    public Image Image => image;

    public Size GetCurrentSize() => image.Size;

    public IImageProcessingContext Apply(Func<PixelBuffer, PixelBuffer> step)
    {
        image.Pixels = step(image.Pixels);
        return this;
    }
}
