using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;

namespace Ensemble.Export.Onnx;

/// <summary>One field of a protobuf message, of whatever type.</summary>
internal readonly record struct ProtoField(int Number, WireFormat.WireType Type, long Bits, ByteString Content)
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The field as an integer.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public long Integer => Type == WireFormat.WireType.Varint ? Bits : throw Fault("an integer");

    /// <summary>The field as a finite float32.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public float Single => Type == WireFormat.WireType.Fixed32 && float.IsFinite(BitConverter.Int32BitsToSingle((int)Bits))
        ? BitConverter.Int32BitsToSingle((int)Bits)
        : throw Fault("a finite number");

    /// <summary>The field's bytes.</summary>
    /// <exception cref="InvalidDataException">It has none.</exception>
    public ReadOnlyMemory<byte> Bytes => Type == WireFormat.WireType.LengthDelimited ? Content.Memory : throw Fault("bytes");

    /// <summary>The field as text.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public string Text
    {
        get
        {
            try
            {
                return s_strict.GetString(Bytes.Span);
            }
            catch (ArgumentException exception)
            {
                throw new InvalidDataException($"field {Number} is no text", exception);
            }
        }
    }

    /// <summary>The fields of the message that the field is.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public IReadOnlyList<ProtoField> Message => Parse(Bytes);

    /// <summary>Integers of a repeated field: one, or several packed together.</summary>
    /// <exception cref="InvalidDataException">It holds none.</exception>
    public IEnumerable<long> Integers => Type == WireFormat.WireType.Varint ? [Bits] : Unpack(Bytes);

    /// <summary>The fields of a message.</summary>
    /// <exception cref="InvalidDataException">The bytes are no message.</exception>
    public static IReadOnlyList<ProtoField> Parse(ReadOnlyMemory<byte> message)
    {
        var input = Open(message);
        var fields = new List<ProtoField>();
        try
        {
            while (input.ReadTag() is not 0 and var tag)
            {
                fields.Add(Read(input, tag));
            }
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new InvalidDataException("a damaged protobuf message", exception);
        }

        return fields;
    }

    private static ProtoField Read(CodedInputStream input, uint tag)
    {
        var (number, type) = (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag));
        return type switch
        {
            WireFormat.WireType.Varint => new ProtoField(number, type, input.ReadInt64(), ByteString.Empty),
            WireFormat.WireType.Fixed32 => new ProtoField(number, type, (int)input.ReadFixed32(), ByteString.Empty),
            WireFormat.WireType.Fixed64 => new ProtoField(number, type, (long)input.ReadFixed64(), ByteString.Empty),
            WireFormat.WireType.LengthDelimited => new ProtoField(number, type, 0, input.ReadBytes()),
            _ => throw new InvalidDataException($"field {number} is of an unknown form"),
        };
    }

    private static List<long> Unpack(ReadOnlyMemory<byte> packed)
    {
        var input = Open(packed);
        var values = new List<long>();
        try
        {
            while (!input.IsAtEnd)
            {
                values.Add(input.ReadInt64());
            }
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new InvalidDataException("damaged packed integers", exception);
        }

        return values;
    }

    private static CodedInputStream Open(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var segment)
        ? new CodedInputStream(segment.Array!, segment.Offset, segment.Count)
        : new CodedInputStream(bytes.ToArray());

    private InvalidDataException Fault(string expected) => new($"field {Number} is not {expected}");
}
