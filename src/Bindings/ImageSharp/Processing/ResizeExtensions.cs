using SixLabors.ImageSharp.Processing.Processors.Transforms;

namespace SixLabors.ImageSharp.Processing;

/// <summary>Resizes an image.</summary>
public static class ResizeExtensions
{
    /// <summary>Stretches an image to a size, bicubic.</summary>
    /// <param name="source">The image.</param>
    /// <param name="width">Columns; where one side is 0 it follows from the other.</param>
    /// <param name="height">Rows.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentException">A side is negative, or both are 0.</exception>
    public static IImageProcessingContext Resize(this IImageProcessingContext source, int width, int height) =>
        source.Resize(width, height, KnownResamplers.Bicubic);

    /// <summary>Stretches an image to a size.</summary>
    /// <param name="source">The image.</param>
    /// <param name="width">Columns; where one side is 0 it follows from the other.</param>
    /// <param name="height">Rows.</param>
    /// <param name="sampler">The filter.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentException">A side is negative, or both are 0.</exception>
    public static IImageProcessingContext Resize(
        this IImageProcessingContext source, int width, int height, IResampler sampler) =>
        source.Resize(new ResizeOptions { Size = new Size(width, height), Mode = ResizeMode.Stretch, Sampler = sampler });

    /// <summary>Resizes an image.</summary>
    /// <param name="source">The image.</param>
    /// <param name="options">How.</param>
    /// <returns>The context.</returns>
    /// <exception cref="ArgumentException">A side is negative, or both are 0, or the mode is none of the
    /// three.</exception>
    public static IImageProcessingContext Resize(this IImageProcessingContext source, ResizeOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Sampler);
        var (size, placed) = ResizePlan.Make(source.GetCurrentSize(), options);
        return source.Apply(pixels => Resizer.Resize(
            pixels,
            ResizeKernels.Create(options.Sampler, pixels.Width, placed.Width, -placed.X, size.Width),
            ResizeKernels.Create(options.Sampler, pixels.Height, placed.Height, -placed.Y, size.Height),
            size));
    }
}
