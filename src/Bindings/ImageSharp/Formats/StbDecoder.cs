using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Interop;

namespace SixLabors.ImageSharp.Formats;

/// <summary>Decodes through libstb.</summary>
internal static unsafe class StbDecoder
{
    /// <summary>Decodes the first picture of a file.</summary>
    /// <returns>The pixels with as many channels as the file has: 1 to 4.</returns>
    /// <exception cref="InvalidImageContentException">The file is damaged, or its size is not plausible.</exception>
    /// <exception cref="NotSupportedException">This machine has no libstb.</exception>
    public static PixelBuffer Decode(ReadOnlySpan<byte> data, ImageHeader header)
    {
        header.RequirePlausible();
        var stb = LibStb.Instance;
        int width, height, channels;
        fixed (byte* buffer = data)
        {
            // What libstb will allocate goes by what libstb finds: a second header must not slip past the check above.
            if (stb.InfoFromMemory(buffer, data.Length, &width, &height, &channels) == 0) throw Failed(stb, header);
            if (width != header.Width || height != header.Height)
            {
                throw new InvalidImageContentException(
                    $"{header.Format}: two sizes, {header.Width}x{header.Height} and {width}x{height} pixels");
            }

            return header.Is16Bit
                ? TakeWide(stb, header, stb.Load16FromMemory(buffer, data.Length, &width, &height, &channels, 0), width, height, channels)
                : Take(stb, header, stb.LoadFromMemory(buffer, data.Length, &width, &height, &channels, 0), width, height, channels);
        }
    }

    private static PixelBuffer Take(LibStb stb, ImageHeader header, byte* pixels, int width, int height, int channels)
    {
        if (pixels is null) throw Failed(stb, header);
        try
        {
            return new PixelBuffer(width, height, channels, new ReadOnlySpan<byte>(pixels, width * height * channels).ToArray());
        }
        finally
        {
            stb.ImageFree(pixels);
        }
    }

    // 16 bits to 8, rounded as ImageSharp rounds: v * 255 / 65535. libstb itself would cut the low byte off.
    private static PixelBuffer TakeWide(LibStb stb, ImageHeader header, ushort* pixels, int width, int height, int channels)
    {
        if (pixels is null) throw Failed(stb, header);
        try
        {
            var buffer = new PixelBuffer(width, height, channels);
            for (var index = 0; index < buffer.Bytes.Length; index++)
            {
                buffer.Bytes[index] = (byte)(((pixels[index] * 255) + 32895) >> 16);
            }

            return buffer;
        }
        finally
        {
            stb.ImageFree(pixels);
        }
    }

    private static InvalidImageContentException Failed(LibStb stb, ImageHeader header) =>
        new($"{header.Format}: {Marshal.PtrToStringUTF8((nint)stb.FailureReason()) ?? "cannot be decoded"}");
}
