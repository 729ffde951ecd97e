namespace SixLabors.ImageSharp.Formats;

/// <summary>
/// What the headers of an image say. Read here and not by libstb, which tells neither the EXIF orientation nor whether
/// a PNG is intact (it checks no checksum), and so that a file's claims are weighed before anything is allocated.
/// </summary>
internal readonly record struct ImageHeader
{
    private static ReadOnlySpan<byte> JpegSignature => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The format, told by the first bytes.</summary>
    public required ImageFormat Format { get; init; }

    /// <summary>Columns, as stored.</summary>
    public required int Width { get; init; }

    /// <summary>Rows, as stored.</summary>
    public required int Height { get; init; }

    /// <summary>Whether values have 16 bits.</summary>
    public bool Is16Bit { get; init; }

    /// <summary>The EXIF orientation, 1 to 8, or null when there is none.</summary>
    public ushort? Orientation { get; init; }

    /// <summary>How many pixels the file could hold at most, were every part of it compressed as well as the format
    /// can.</summary>
    public required long MostPixels { get; init; }

    /// <summary>Reads the headers.</summary>
    /// <exception cref="UnknownImageFormatException">The first bytes are those of no format that is read.</exception>
    /// <exception cref="InvalidImageContentException">The headers are damaged.</exception>
    public static ImageHeader Read(ReadOnlySpan<byte> data)
    {
        var header =
            data.StartsWith(JpegSignature) ? JpegHeader.Read(data)
            : data.StartsWith(PngSignature) ? PngHeader.Read(data)
            : data.StartsWith("GIF87a"u8) || data.StartsWith("GIF89a"u8) ? GifHeader.Read(data)
            : data.StartsWith("BM"u8) ? BmpHeader.Read(data)
            : throw new UnknownImageFormatException(
                data.IsEmpty ? "the file is empty" : "the first bytes are not those of a JPEG, PNG, GIF or BMP file");
        return header.Width > 0 && header.Height > 0
            ? header
            : throw new InvalidImageContentException($"{header.Format}: a size of {header.Width}x{header.Height} pixels");
    }

    /// <summary>Refuses sizes that would exhaust memory, or that a file of this length cannot hold.</summary>
    /// <exception cref="InvalidImageContentException">The size is of either kind.</exception>
    public void RequirePlausible()
    {
        var pixels = (long)Width * Height;
        if (pixels > PixelBuffer.MaximumDecodedPixels)
        {
            throw new InvalidImageContentException(
                $"{Format}: declares {Width}x{Height} pixels; at most {PixelBuffer.MaximumDecodedPixels} are decoded");
        }

        if (pixels > MostPixels)
        {
            throw new InvalidImageContentException(
                $"{Format}: declares {Width}x{Height} pixels, more than a file of this length can hold");
        }
    }
}
