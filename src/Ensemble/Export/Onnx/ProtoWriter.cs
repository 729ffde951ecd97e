using Google.Protobuf;

namespace Ensemble.Export.Onnx;

/// <summary>Writes one protobuf message, field by field.</summary>
internal sealed class ProtoWriter : IDisposable
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _output;

    private ProtoWriter() => _output = new CodedOutputStream(_bytes, leaveOpen: true);

    /// <summary>The bytes of a message that a function writes.</summary>
    public static ByteString Message(Action<ProtoWriter> write)
    {
        using var writer = new ProtoWriter();
        write(writer);
        writer._output.Flush();
        return ByteString.CopyFrom(writer._bytes.GetBuffer().AsSpan(0, (int)writer._bytes.Length));
    }

    /// <summary>An integer or the number of an enumeration's member.</summary>
    public void Integer(int field, long value)
    {
        _output.WriteTag(field, WireFormat.WireType.Varint);
        _output.WriteInt64(value);
    }

    /// <summary>A float32.</summary>
    public void Number(int field, float value)
    {
        _output.WriteTag(field, WireFormat.WireType.Fixed32);
        _output.WriteFloat(value);
    }

    /// <summary>A text.</summary>
    public void Text(int field, string value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteString(value);
    }

    /// <summary>Bytes.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(ByteString.CopyFrom(value));
    }

    /// <summary>A message within the message.</summary>
    public void Message(int field, Action<ProtoWriter> write)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(Message(write));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _output.Dispose();
        _bytes.Dispose();
    }
}
