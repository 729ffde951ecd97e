using SixLabors.ImageSharp.Processing.Processors.Transforms;

namespace SixLabors.ImageSharp.Processing;

/// <summary>The filters.</summary>
public static class KnownResamplers
{
    /// <summary>The cubic of Keys (1981) with a = -0.5: sharp, and the default.</summary>
    public static IResampler Bicubic { get; } = default(BicubicResampler);

    /// <summary>Linear interpolation, as a triangle.</summary>
    public static IResampler Triangle { get; } = default(TriangleResampler);

    /// <summary>The mean of the pixels below; the nearest pixel when an image grows.</summary>
    public static IResampler Box { get; } = default(BoxResampler);
}
