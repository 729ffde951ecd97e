using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Processing;

/// <summary>Starts the processing of an image.</summary>
public static class ProcessingExtensions
{
    /// <summary>Processes an image in place.</summary>
    /// <param name="source">The image.</param>
    /// <param name="operation">The steps.</param>
    public static void Mutate(this Image source, Action<IImageProcessingContext> operation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(operation);
        operation(new ImageProcessingContext(source));
    }

    /// <summary>Processes an image in place.</summary>
    /// <typeparam name="TPixel">The format of its pixels.</typeparam>
    /// <param name="source">The image.</param>
    /// <param name="operation">The steps.</param>
    public static void Mutate<TPixel>(this Image<TPixel> source, Action<IImageProcessingContext> operation)
        where TPixel : unmanaged, IPixel<TPixel> => Mutate((Image)source, operation);

    /// <summary>Processes a copy of an image.</summary>
    /// <param name="source">The image, which stays as it is.</param>
    /// <param name="operation">The steps.</param>
    /// <returns>The copy.</returns>
    public static Image Clone(this Image source, Action<IImageProcessingContext> operation)
    {
        ArgumentNullException.ThrowIfNull(source);
        var copy = source.Duplicate();
        copy.Mutate(operation);
        return copy;
    }

    /// <summary>Processes a copy of an image.</summary>
    /// <typeparam name="TPixel">The format of its pixels.</typeparam>
    /// <param name="source">The image, which stays as it is.</param>
    /// <param name="operation">The steps.</param>
    /// <returns>The copy.</returns>
    public static Image<TPixel> Clone<TPixel>(this Image<TPixel> source, Action<IImageProcessingContext> operation)
        where TPixel : unmanaged, IPixel<TPixel> => (Image<TPixel>)Clone((Image)source, operation);
}
