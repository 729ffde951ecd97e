namespace SixLabors.ImageSharp.Processing;

/// <summary>An image while it is processed: each step works on what the one before it left.</summary>
public interface IImageProcessingContext
{
    /// <summary>The image now.</summary>
    internal Image Image { get; }

    /// <summary>The size that the image has now.</summary>
    /// <returns>Columns and rows.</returns>
    Size GetCurrentSize();

    /// <summary>Takes a step.</summary>
    /// <param name="step">Gives new pixels for old ones.</param>
    /// <returns>This context.</returns>
    internal IImageProcessingContext Apply(Func<PixelBuffer, PixelBuffer> step);
}
