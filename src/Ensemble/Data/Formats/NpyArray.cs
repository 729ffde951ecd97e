using System.Buffers.Binary;

namespace Ensemble.Data.Formats;

/// <summary>An array as NumPy saved it: its type, its sizes, its values.</summary>
public sealed class NpyArray
{
    internal NpyArray(NpyElementType elementType, IReadOnlyList<int> sizes, ReadOnlyMemory<byte> content)
    {
        ElementType = elementType;
        Sizes = sizes;
        Content = content;
    }

    /// <summary>The type of its values.</summary>
    public NpyElementType ElementType { get; }

    /// <summary>The length of each dimension, outermost first; empty for a single value. A length may be 0.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>The values: row-major (the last dimension runs fastest) and little-endian, however the file had
    /// them.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>How many values there are.</summary>
    public int Count => Content.Length / ElementBytes(ElementType);

    /// <summary>Whether the values are integers or truth values.</summary>
    public bool HoldsIntegers => ElementType is not (NpyElementType.Float32 or NpyElementType.Float64);

    /// <summary>The values as integers; truth values as 0 and 1.</summary>
    /// <returns>[<see cref="Count"/>], row-major.</returns>
    /// <exception cref="InvalidOperationException">The values are floating-point.</exception>
    public long[] ToIntegers()
    {
        var values = new long[Count];
        var width = ElementBytes(ElementType);
        var content = Content.Span;
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = ReadInteger(content.Slice(index * width, width));
        }

        return values;
    }

    /// <summary>The array as a person writes it: <c>UInt8 [10, 28, 28]</c>.</summary>
    /// <returns>The type, and the sizes in brackets.</returns>
    public override string ToString() => $"{ElementType} [{string.Join(", ", Sizes)}]";

    internal static int ElementBytes(NpyElementType elementType) => elementType switch
    {
        NpyElementType.Bool or NpyElementType.UInt8 or NpyElementType.Int8 => 1,
        NpyElementType.UInt16 or NpyElementType.Int16 => 2,
        NpyElementType.UInt32 or NpyElementType.Int32 or NpyElementType.Float32 => 4,
        _ => 8,
    };

    private long ReadInteger(ReadOnlySpan<byte> value) => ElementType switch
    {
        NpyElementType.Bool => value[0] == 0 ? 0 : 1,
        NpyElementType.UInt8 => value[0],
        NpyElementType.Int8 => (sbyte)value[0],
        NpyElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(value),
        NpyElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(value),
        NpyElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(value),
        NpyElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(value),
        NpyElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(value),
        _ => throw new InvalidOperationException($"{this} holds no integers"),
    };
}
