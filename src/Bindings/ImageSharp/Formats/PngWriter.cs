using System.Buffers.Binary;
using System.IO.Compression;

namespace SixLabors.ImageSharp.Formats;

/// <summary>
/// Writes 8-bit PNG. Written here, over .NET's zlib, because libstb's own deflate knows fixed codes only: its files are
/// a third larger.
/// </summary>
internal static class PngWriter
{
    private const int FilterCount = 5;

    public static void Write(PixelBuffer pixels, Stream stream)
    {
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, pixels.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], pixels.Height);
        header[8] = 8;
        header[9] = (byte)(pixels.Channels switch { 1 => 0, 3 => 2, _ => 6 });
        header[10..].Clear();
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, Compress(pixels));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static byte[] Compress(PixelBuffer pixels)
    {
        using var content = new MemoryStream();
        using (var deflate = new ZLibStream(content, CompressionLevel.Optimal, leaveOpen: true))
        {
            var candidates = new byte[FilterCount][];
            for (var filter = 0; filter < FilterCount; filter++) candidates[filter] = new byte[pixels.Stride + 1];
            ReadOnlySpan<byte> above = new byte[pixels.Stride];
            for (var y = 0; y < pixels.Height; y++)
            {
                deflate.Write(ChooseFilter(pixels.Row(y), above, pixels.Channels, candidates));
                above = pixels.Row(y);
            }
        }

        return content.ToArray();
    }

    // The standard's advice (12.8): of the five, the one whose bytes, taken as signed, have the least sum.
    private static byte[] ChooseFilter(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, byte[][] candidates)
    {
        var best = candidates[0];
        var bestSum = long.MaxValue;
        for (var filter = 0; filter < FilterCount; filter++)
        {
            var candidate = candidates[filter];
            candidate[0] = (byte)filter;
            long sum = 0;
            for (var index = 0; index < row.Length; index++)
            {
                var left = index < step ? 0 : row[index - step];
                var corner = index < step ? 0 : above[index - step];
                var value = (byte)(row[index] - Guess(filter, left, above[index], corner));
                candidate[index + 1] = value;
                sum += Math.Abs((int)(sbyte)value);
            }

            if (sum < bestSum) (best, bestSum) = (candidate, sum);
        }

        return best;
    }

    private static int Guess(int filter, int left, int above, int corner) => filter switch
    {
        0 => 0,
        1 => left,
        2 => above,
        3 => (left + above) / 2,
        _ => Paeth(left, above, corner),
    };

    private static int Paeth(int left, int above, int corner)
    {
        var (byLeft, byAbove, byCorner) =
            (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - corner - corner));
        return byLeft <= byAbove && byLeft <= byCorner ? left : byAbove <= byCorner ? above : corner;
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        type.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Compute(chunk.AsSpan(4, content.Length + 4)));
        stream.Write(chunk);
    }
}
