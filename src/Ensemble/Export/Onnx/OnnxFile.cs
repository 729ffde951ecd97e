using System.Security.Cryptography;
using Ensemble.Graphs;
using Ensemble.Storage;

namespace Ensemble.Export.Onnx;

/// <summary>An ONNX file that this library wrote: sealed with a checksum, so that a damaged one is never computed with.</summary>
/// <remarks>
/// The last metadata entry, <c>ensemble.sha256</c>, is the SHA-256 of every byte before it. Other programs read it as one
/// more line of text.
/// </remarks>
internal static class OnnxFile
{
    /// <summary>The name of the program that wrote the file, in the file.</summary>
    public const string Producer = "ensemble";

    /// <summary>The extension that tells such a file from the others.</summary>
    public const string Extension = ".onnx";

    private const string SealKey = "ensemble.sha256";
    private const string Expected = "an ONNX file that this program exported, as it left";
    private const string Remedy = "export it again";
    private const long LargestBytes = int.MaxValue;

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="metadata">Free text entries.</param>
    /// <exception cref="MachineFaultException">The file cannot be written.</exception>
    public static void Write(string path, NetworkGraph graph, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var version = typeof(OnnxFile).Assembly.GetName().Version!.ToString(3);
        AtomicFile.WriteBytes(path, Seal(OnnxWriter.Write(graph, version, metadata)));
    }

    /// <summary>Reads a file, after holding its checksum and every rule of its graph.</summary>
    /// <exception cref="DataFaultException">The file is missing, of another program, damaged, or changed.</exception>
    public static (NetworkGraph Graph, IReadOnlyDictionary<string, string> Metadata) Read(string path)
    {
        var content = DiskFault.ReadAllBytes(path, Expected, Remedy, LargestBytes);
        var seal = SealOf(default);
        var body = content.AsMemory(0, Math.Max(0, content.Length - seal.Length));
        if (content.Length < seal.Length || !content.AsSpan(body.Length).SequenceEqual(SealOf(body.Span)))
        {
            throw new DataFaultException(path, Expected, "another program's, or one that was damaged or changed", Remedy);
        }

        try
        {
            var (graph, metadata) = OnnxReader.Read(body);
            GraphRules.Require(graph);
            return (graph, metadata);
        }
        catch (InvalidDataException exception)
        {
            throw new DataFaultException(path, Expected, exception.Message, Remedy, exception);
        }
    }

    /// <summary>The bytes of a model with the checksum behind them.</summary>
    internal static byte[] Seal(ReadOnlySpan<byte> model) => [.. model, .. SealOf(model)];

    // Of one length, whatever the checksum.
    private static byte[] SealOf(ReadOnlySpan<byte> model)
    {
        var checksum = Convert.ToHexStringLower(SHA256.HashData(model));
        return ProtoWriter.Message(writer => OnnxWriter.WriteEntry(writer, SealKey, checksum)).ToByteArray();
    }
}
