namespace ScottPlot;

/// <summary>How an image is written.</summary>
public enum ImageFormat
{
    /// <summary>BMP; not written by this binding.</summary>
    Bmp = 0,

    /// <summary>JPEG; not written by this binding.</summary>
    Jpeg = 1,

    /// <summary>PNG.</summary>
    Png = 2,

    /// <summary>WebP; not written by this binding.</summary>
    Webp = 3,

    /// <summary>SVG.</summary>
    Svg = 4,
}
