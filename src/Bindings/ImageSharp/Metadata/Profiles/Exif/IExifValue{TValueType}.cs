namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>The value of an EXIF field.</summary>
/// <typeparam name="TValueType">Its type.</typeparam>
public interface IExifValue<TValueType>
{
    /// <summary>The value.</summary>
    TValueType? Value { get; set; }
}
