using System.Diagnostics.CodeAnalysis;

namespace Ensemble.Storage;

/// <summary>The type of a tensor's elements, by the name that the safetensors format gives it.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The members are the format's own words.")]
public enum SafetensorsDtype
{
    /// <summary>IEEE binary64, 8 bytes.</summary>
    F64,

    /// <summary>IEEE binary32, 4 bytes.</summary>
    F32,

    /// <summary>IEEE binary16, 2 bytes.</summary>
    F16,

    /// <summary>bfloat16 (the upper half of a binary32), 2 bytes.</summary>
    BF16,

    /// <summary>Signed integer, 8 bytes.</summary>
    I64,

    /// <summary>Signed integer, 4 bytes.</summary>
    I32,

    /// <summary>Signed integer, 2 bytes.</summary>
    I16,

    /// <summary>Signed integer, 1 byte.</summary>
    I8,

    /// <summary>Unsigned integer, 1 byte.</summary>
    U8,

    /// <summary>0 or 1, in 1 byte.</summary>
    BOOL,
}
