namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>A field of the EXIF metadata. This binding reads one: how the camera was held.</summary>
public abstract class ExifTag
{
    private protected ExifTag()
    {
    }

    /// <summary>Where the top and the left of the picture are: 1 to 8, 1 being upright (EXIF 2.32, tag 0x0112).</summary>
    public static ExifTag<ushort> Orientation { get; } = new();
}
