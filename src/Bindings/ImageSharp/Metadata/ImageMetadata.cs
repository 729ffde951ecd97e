using SixLabors.ImageSharp.Metadata.Profiles.Exif;

namespace SixLabors.ImageSharp.Metadata;

/// <summary>What an image says of itself beside its pixels.</summary>
public sealed class ImageMetadata
{
    /// <summary>The EXIF metadata, or null when there are none, or none with an orientation.</summary>
    public ExifProfile? ExifProfile { get; set; }

    internal static ImageMetadata Of(ushort? orientation) =>
        new() { ExifProfile = orientation is { } value ? new ExifProfile(value) : null };

    internal ImageMetadata Copy() => Of(ExifProfile?.Orientation.Value);
}
