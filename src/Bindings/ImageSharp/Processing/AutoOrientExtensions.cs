namespace SixLabors.ImageSharp.Processing;

/// <summary>Turns a photograph upright.</summary>
public static class AutoOrientExtensions
{
    /// <summary>Turns and mirrors the pixels as the EXIF orientation asks, and notes that they are upright now.</summary>
    /// <param name="source">The image; without an orientation it stays as it is.</param>
    /// <returns>The context.</returns>
    public static IImageProcessingContext AutoOrient(this IImageProcessingContext source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Image.Metadata.ExifProfile is not { } profile || profile.Orientation.Value is not (> 1 and <= 8))
        {
            return source;
        }

        var orientation = profile.Orientation.Value;
        profile.Orientation.Value = 1;
        return source.Apply(pixels => Orientation.Apply(pixels, orientation));
    }
}
