namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>A field of the EXIF metadata and the type of its values.</summary>
/// <typeparam name="TValueType">The type of the values.</typeparam>
public sealed class ExifTag<TValueType> : ExifTag
{
    internal ExifTag()
    {
    }
}
