using SixLabors.ImageSharp.Metadata;

namespace SixLabors.ImageSharp;

/// <summary>What an image's headers tell, without decoding its pixels.</summary>
public class ImageInfo
{
    internal ImageInfo(Size size, ImageMetadata metadata)
    {
        Size = size;
        Metadata = metadata;
    }

    /// <summary>Columns, as stored: before the EXIF orientation is applied.</summary>
    public int Width => Size.Width;

    /// <summary>Rows, as stored: before the EXIF orientation is applied.</summary>
    public int Height => Size.Height;

    /// <summary>Columns and rows, as stored.</summary>
    public Size Size { get; }

    /// <summary>What the image says of itself.</summary>
    public ImageMetadata Metadata { get; }
}
