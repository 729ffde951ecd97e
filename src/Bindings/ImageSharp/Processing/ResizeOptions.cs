using SixLabors.ImageSharp.Processing.Processors.Transforms;

namespace SixLabors.ImageSharp.Processing;

/// <summary>How an image is resized.</summary>
public class ResizeOptions
{
    /// <summary>The wanted size, in pixels; where one side is 0 it follows from the other.</summary>
    public Size Size { get; set; }

    /// <summary>What becomes of an image of another shape. Default <see cref="ResizeMode.Crop"/>.</summary>
    public ResizeMode Mode { get; set; } = ResizeMode.Crop;

    /// <summary>The filter. Default <see cref="KnownResamplers.Bicubic"/>.</summary>
    public IResampler Sampler { get; set; } = KnownResamplers.Bicubic;
}
