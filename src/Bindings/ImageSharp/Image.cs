using System.Diagnostics.CodeAnalysis;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

/// <summary>A picture in memory, with rows from top to bottom.</summary>
public abstract class Image : IDisposable
{
    private PixelBuffer? _pixels;

    private protected Image(PixelBuffer pixels, ImageMetadata metadata)
    {
        _pixels = pixels;
        Metadata = metadata;
    }

    /// <summary>Columns.</summary>
    public int Width => Pixels.Width;

    /// <summary>Rows.</summary>
    public int Height => Pixels.Height;

    /// <summary>Columns and rows.</summary>
    public Size Size => new(Width, Height);

    /// <summary>All of the image.</summary>
    public Rectangle Bounds => new(0, 0, Width, Height);

    /// <summary>What the image says of itself.</summary>
    public ImageMetadata Metadata { get; }

    /// <summary>The pixels; set by what changes the image.</summary>
    internal PixelBuffer Pixels
    {
        get => _pixels ?? throw new ObjectDisposedException(nameof(Image));
        set => _pixels = value;
    }

    /// <summary>Reads what a file's headers tell.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its size and metadata.</returns>
    /// <exception cref="UnknownImageFormatException">It is no JPEG, PNG, GIF or BMP.</exception>
    /// <exception cref="InvalidImageContentException">Its headers are damaged.</exception>
    public static ImageInfo Identify(string path) => Identify(File.ReadAllBytes(path));

    /// <summary>Reads what an image's headers tell.</summary>
    /// <param name="stream">The image, read to its end.</param>
    /// <returns>Its size and metadata.</returns>
    /// <exception cref="UnknownImageFormatException">It is no JPEG, PNG, GIF or BMP.</exception>
    /// <exception cref="InvalidImageContentException">Its headers are damaged.</exception>
    public static ImageInfo Identify(Stream stream) => Identify(ReadToEnd(stream));

    /// <summary>Reads what an image's headers tell.</summary>
    /// <param name="buffer">The image.</param>
    /// <returns>Its size and metadata.</returns>
    /// <exception cref="UnknownImageFormatException">It is no JPEG, PNG, GIF or BMP.</exception>
    /// <exception cref="InvalidImageContentException">Its headers are damaged.</exception>
    public static ImageInfo Identify(ReadOnlySpan<byte> buffer)
    {
        var header = ImageHeader.Read(buffer);
        return new ImageInfo(new Size(header.Width, header.Height), ImageMetadata.Of(header.Orientation));
    }

    /// <summary>Decodes a file to RGBA.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its first picture, as stored: see <see cref="Processing.AutoOrientExtensions"/>.</returns>
    /// <exception cref="UnknownImageFormatException">It is no JPEG, PNG, GIF or BMP.</exception>
    /// <exception cref="InvalidImageContentException">It is damaged, or of more than 100 megapixels.</exception>
    /// <exception cref="NotSupportedException">This machine has no libstb.</exception>
    public static Image Load(string path) => Load<Rgba32>(path);

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="stream">The image, read to its end.</param>
    public static Image Load(Stream stream) => Load<Rgba32>(stream);

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="buffer">The image.</param>
    public static Image Load(ReadOnlySpan<byte> buffer) => Load<Rgba32>(buffer);

    /// <summary>Decodes a file.</summary>
    /// <typeparam name="TPixel">
    /// The format to convert to. Colours become luminance by BT.709; alpha is left out where there is no place for it.
    /// </typeparam>
    /// <param name="path">The file.</param>
    /// <returns>Its first picture, as stored: see <see cref="Processing.AutoOrientExtensions"/>.</returns>
    /// <exception cref="UnknownImageFormatException">It is no JPEG, PNG, GIF or BMP.</exception>
    /// <exception cref="InvalidImageContentException">It is damaged, or of more than 100 megapixels.</exception>
    /// <exception cref="NotSupportedException">This machine has no libstb.</exception>
    public static Image<TPixel> Load<TPixel>(string path)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(File.ReadAllBytes(path));

    /// <inheritdoc cref="Load{TPixel}(string)"/>
    /// <param name="stream">The image, read to its end.</param>
    public static Image<TPixel> Load<TPixel>(Stream stream)
        where TPixel : unmanaged, IPixel<TPixel> => Load<TPixel>(ReadToEnd(stream));

    /// <inheritdoc cref="Load{TPixel}(string)"/>
    /// <param name="data">The image.</param>
    public static Image<TPixel> Load<TPixel>(ReadOnlySpan<byte> data)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var header = ImageHeader.Read(data);
        var pixels = StbDecoder.Decode(data, header).ConvertTo(TPixel.Channels);
        return new Image<TPixel>(pixels, ImageMetadata.Of(header.Orientation));
    }

    /// <summary>Copies pixels into an image.</summary>
    /// <typeparam name="TPixel">Their format.</typeparam>
    /// <param name="data">[H, W, C] uint8, rows from top to bottom.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <returns>The image.</returns>
    /// <exception cref="ArgumentException">There are too few pixels.</exception>
    public static Image<TPixel> LoadPixelData<TPixel>(ReadOnlySpan<byte> data, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var image = new Image<TPixel>(width, height);
        var bytes = image.Pixels.Bytes;
        ArgumentOutOfRangeException.ThrowIfLessThan(data.Length, bytes.Length, nameof(data));
        data[..bytes.Length].CopyTo(bytes);
        return image;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Another image with the same pixels.</summary>
    internal abstract Image Duplicate();

    /// <summary>Lets go of the pixels.</summary>
    /// <param name="disposing">Always true: nothing here is finalised.</param>
    [SuppressMessage("Usage", "CA1063", Justification = "ImageSharp's shape.")]
    protected virtual void Dispose(bool disposing) => _pixels = null;

    private static byte[] ReadToEnd(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
