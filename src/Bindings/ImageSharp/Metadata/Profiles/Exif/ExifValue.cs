namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>The value of an EXIF field.</summary>
internal sealed class ExifValue<TValueType> : IExifValue<TValueType>
{
    public TValueType? Value { get; set; }
}
