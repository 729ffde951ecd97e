namespace Ensemble.Storage;

/// <summary>A named tensor as bytes: what a safetensors file holds, without a tensor library.</summary>
public sealed class TensorRecord
{
    /// <summary>Creates the record over bytes that are not copied.</summary>
    /// <param name="name">The tensor's name, as in PyTorch's state_dict.</param>
    /// <param name="dtype">The type of an element.</param>
    /// <param name="shape">The sizes, outermost first, each at least 0; none for a scalar.</param>
    /// <param name="data">The elements, row-major, little-endian.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty or reserved, or the bytes are not those of the shape.
    /// </exception>
    public TensorRecord(string name, SafetensorsDtype dtype, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (name == SafetensorsHeader.MetadataName)
        {
            throw new ArgumentException($"{name} is the format's own name", nameof(name));
        }

        if (!SafetensorsDtypes.TryCountBytes(dtype, shape, out var byteCount) || byteCount != data.Length)
        {
            throw new ArgumentException(
                $"tensor {name}: {data.Length} bytes do not make {dtype} [{string.Join(", ", shape)}]", nameof(data));
        }

        Name = name;
        Dtype = dtype;
        Shape = [.. shape];
        Data = data;
    }

    /// <summary>The tensor's name, unique in its file.</summary>
    public string Name { get; }

    /// <summary>The type of an element.</summary>
    public SafetensorsDtype Dtype { get; }

    /// <summary>The sizes, outermost first, each at least 0; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements, row-major, little-endian: product(shape) times the element's size in bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; }
}
