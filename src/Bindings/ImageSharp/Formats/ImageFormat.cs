namespace SixLabors.ImageSharp.Formats;

/// <summary>The formats that are read.</summary>
internal enum ImageFormat
{
    /// <summary>JPEG, baseline or progressive.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>GIF, its first frame.</summary>
    Gif,

    /// <summary>BMP, not compressed.</summary>
    Bmp,
}
