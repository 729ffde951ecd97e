using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Interop;

namespace SixLabors.ImageSharp.Formats;

/// <summary>Writes baseline JPEG through libstb, at ImageSharp's default quality.</summary>
internal static unsafe class JpegWriter
{
    private const int Quality = 75;

    public static void Write(PixelBuffer pixels, Stream stream)
    {
        if (pixels.Width > ushort.MaxValue || pixels.Height > ushort.MaxValue)
        {
            throw new InvalidImageContentException($"JPEG: {pixels.Width}x{pixels.Height} pixels; a side has at most 65535");
        }

        // Into memory first: an exception of the stream must not pass through C.
        using var content = new MemoryStream();
        var context = GCHandle.Alloc(content);
        try
        {
            fixed (byte* bytes = pixels.Bytes)
            {
                var isWritten = LibStb.Instance.WriteJpgToFunc(
                    &Append, (void*)GCHandle.ToIntPtr(context), pixels.Width, pixels.Height, pixels.Channels, bytes, Quality);
                if (isWritten == 0) throw new InvalidOperationException("libstb wrote no JPEG");
            }
        }
        finally
        {
            context.Free();
        }

        content.WriteTo(stream);
    }

    [UnmanagedCallersOnly]
    private static void Append(void* context, void* data, int byteCount) =>
        Unsafe.As<MemoryStream>(GCHandle.FromIntPtr((nint)context).Target!).Write(new ReadOnlySpan<byte>(data, byteCount));
}
