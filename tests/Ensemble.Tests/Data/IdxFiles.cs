using System.Buffers.Binary;
using System.IO.Compression;

namespace Ensemble.Tests.Data;

/// <summary>The bytes of small idx files.</summary>
internal static class IdxFiles
{
    public static byte[] Images(uint count, uint height, uint width, byte[] pixels) =>
        [.. BigEndian(0x803), .. BigEndian(count), .. BigEndian(height), .. BigEndian(width), .. pixels];

    public static byte[] Labels(uint count, params byte[] labels) =>
        [.. BigEndian(0x801), .. BigEndian(count), .. labels];

    /// <summary>Images whose pixels count up.</summary>
    public static byte[] Images(int count, int side) => Images(
        (uint)count, (uint)side, (uint)side,
        [.. Enumerable.Range(0, count * side * side).Select(value => (byte)value)]);

    public static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
