namespace Ensemble.Storage;

/// <summary>Sizes and names of <see cref="SafetensorsDtype"/>.</summary>
public static class SafetensorsDtypes
{
    /// <summary>The bytes of one element, 1 to 8.</summary>
    /// <param name="dtype">The element type.</param>
    /// <returns>Bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is no member of the enumeration.</exception>
    public static int ByteSize(this SafetensorsDtype dtype) => dtype switch
    {
        SafetensorsDtype.F64 or SafetensorsDtype.I64 => 8,
        SafetensorsDtype.F32 or SafetensorsDtype.I32 => 4,
        SafetensorsDtype.F16 or SafetensorsDtype.BF16 or SafetensorsDtype.I16 => 2,
        SafetensorsDtype.I8 or SafetensorsDtype.U8 or SafetensorsDtype.BOOL => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "must be a type of the safetensors format"),
    };

    /// <summary>Finds the type of a name as it stands in a file.</summary>
    /// <param name="name">The name, in capitals.</param>
    /// <returns>The type, or null where the name is none that this project reads.</returns>
    internal static SafetensorsDtype? FromName(string name)
    {
        foreach (var dtype in Enum.GetValues<SafetensorsDtype>())
        {
            if (string.Equals(dtype.ToString(), name, StringComparison.Ordinal))
            {
                return dtype;
            }
        }

        return null;
    }

    /// <summary>The bytes of a whole tensor: product(shape) times the element's size.</summary>
    /// <param name="dtype">The element type.</param>
    /// <param name="shape">The sizes, each at least 0; no size at all is a scalar.</param>
    /// <param name="byteCount">The bytes.</param>
    /// <returns>
    /// False where a size is negative or the product passes 2^63 - 1 on the way (even if a later size is 0).
    /// </returns>
    internal static bool TryCountBytes(SafetensorsDtype dtype, IReadOnlyList<long> shape, out long byteCount)
    {
        byteCount = dtype.ByteSize();
        foreach (var size in shape)
        {
            var product = (Int128)byteCount * size;
            if (size < 0 || product > long.MaxValue)
            {
                return false;
            }

            byteCount = (long)product;
        }

        return true;
    }
}
