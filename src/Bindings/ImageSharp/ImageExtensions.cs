using SixLabors.ImageSharp.Formats;

namespace SixLabors.ImageSharp;

/// <summary>Ways to save an image.</summary>
public static class ImageExtensions
{
    /// <summary>Writes a PNG file, replacing what is there: gray, RGB or RGBA as the pixels are, 8 bits.</summary>
    /// <param name="source">The image.</param>
    /// <param name="path">The file.</param>
    public static void SaveAsPng(this Image source, string path) => SaveFile(path, stream => source.SaveAsPng(stream));

    /// <summary>Writes a PNG: gray, RGB or RGBA as the pixels are, 8 bits.</summary>
    /// <param name="source">The image.</param>
    /// <param name="stream">Where to write.</param>
    public static void SaveAsPng(this Image source, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(stream);
        PngWriter.Write(source.Pixels, stream);
    }

    /// <summary>Writes a JPEG file of quality 75, replacing what is there; alpha is left out.</summary>
    /// <param name="source">The image.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidImageContentException">A side is longer than the 65,535 pixels that JPEG
    /// knows.</exception>
    public static void SaveAsJpeg(this Image source, string path) => SaveFile(path, stream => source.SaveAsJpeg(stream));

    /// <summary>Writes a JPEG of quality 75; alpha is left out.</summary>
    /// <param name="source">The image.</param>
    /// <param name="stream">Where to write.</param>
    /// <exception cref="InvalidImageContentException">A side is longer than the 65,535 pixels that JPEG
    /// knows.</exception>
    public static void SaveAsJpeg(this Image source, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(stream);
        JpegWriter.Write(source.Pixels, stream);
    }

    private static void SaveFile(string path, Action<Stream> save)
    {
        using var stream = File.Create(path);
        save(stream);
    }
}
