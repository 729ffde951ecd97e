using System.Diagnostics.CodeAnalysis;

namespace SixLabors.ImageSharp.Metadata.Profiles.Exif;

/// <summary>What an image's EXIF metadata say, as far as this binding reads them: <see cref="ExifTag.Orientation"/>.</summary>
public sealed class ExifProfile
{
    internal ExifProfile(ushort orientation) => Orientation = new ExifValue<ushort> { Value = orientation };

    internal ExifValue<ushort> Orientation { get; }

    /// <summary>Finds a field.</summary>
    /// <typeparam name="TValueType">The type of its value.</typeparam>
    /// <param name="tag">The field.</param>
    /// <param name="exifValue">Its value, or null.</param>
    /// <returns>Whether the image has it.</returns>
    public bool TryGetValue<TValueType>(
        ExifTag<TValueType> tag, [NotNullWhen(true)] out IExifValue<TValueType>? exifValue)
    {
        ArgumentNullException.ThrowIfNull(tag);
        exifValue = ReferenceEquals(tag, ExifTag.Orientation) ? Orientation as IExifValue<TValueType> : null;
        return exifValue is not null;
    }
}
