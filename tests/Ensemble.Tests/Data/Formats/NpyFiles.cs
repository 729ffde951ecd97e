using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Ensemble.Tests.Data.Formats;

/// <summary>The bytes of small .npy and .npz files.</summary>
internal static class NpyFiles
{
    /// <summary>Version 1 with a header as given, which need not be right.</summary>
    public static byte[] Array(string header, params byte[] content)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. Encoding.Latin1.GetBytes(header), .. content];
    }

    public static byte[] Array(string type, string shape, params byte[] content) =>
        Array($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n", content);

    /// <summary>Bytes that count up from 0.</summary>
    public static byte[] Counting(string shape, int count) =>
        Array("|u1", shape, [.. Enumerable.Range(0, count).Select(value => (byte)value)]);

    public static byte[] Labels(params byte[] labels) => Array("|u1", $"({labels.Length},)", labels);

    public static byte[] Archive(
        CompressionLevel level, params IReadOnlyList<(string Name, byte[] Content)> entries)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry($"{name}.npy", level).Open();
                entry.Write(bytes);
            }
        }

        return content.ToArray();
    }

    public static byte[] Archive(params IReadOnlyList<(string Name, byte[] Content)> entries) =>
        Archive(CompressionLevel.NoCompression, entries);
}
