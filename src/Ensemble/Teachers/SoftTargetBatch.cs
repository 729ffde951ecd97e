using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ensemble.Teachers;

/// <summary>The logits of some samples as the members gave them.</summary>
/// <param name="Indices">[B] the samples.</param>
/// <param name="Logits">[M, B, C] row-major.</param>
internal sealed record SoftTargetBatch(ReadOnlyMemory<int> Indices, ReadOnlyMemory<float> Logits)
{
    /// <summary>The samples as rows of the file: index, then each member's logits in half precision.</summary>
    /// <param name="header">Members and classes.</param>
    public byte[] ToRows(SoftTargetHeader header)
    {
        var (members, classes) = (header.Teachers.Count, header.Classes);
        var rows = new byte[Indices.Length * header.RowBytes];
        for (var row = 0; row < Indices.Length; row++)
        {
            var target = rows.AsSpan(row * header.RowBytes, header.RowBytes);
            BinaryPrimitives.WriteInt32LittleEndian(target, Indices.Span[row]);
            var halves = MemoryMarshal.Cast<byte, Half>(target[sizeof(int)..]);
            for (var member = 0; member < members; member++)
            {
                var source = Logits.Span.Slice(((member * Indices.Length) + row) * classes, classes);
                for (var label = 0; label < classes; label++)
                {
                    halves[(member * classes) + label] = (Half)source[label];
                }
            }
        }

        return rows;
    }
}
