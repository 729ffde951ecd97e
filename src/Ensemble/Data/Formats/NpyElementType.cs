using System.Diagnostics.CodeAnalysis;

namespace Ensemble.Data.Formats;

/// <summary>The types of value of an .npy file that are read.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The types of NumPy, under the names of .NET.")]
public enum NpyElementType
{
    /// <summary>Truth values, a byte each: 0 is false, all else true.</summary>
    Bool,

    /// <summary>Integers 0 to 255.</summary>
    UInt8,

    /// <summary>Integers of 8 bits with a sign.</summary>
    Int8,

    /// <summary>Integers 0 to 65,535.</summary>
    UInt16,

    /// <summary>Integers of 16 bits with a sign.</summary>
    Int16,

    /// <summary>Integers of 32 bits without a sign.</summary>
    UInt32,

    /// <summary>Integers of 32 bits with a sign.</summary>
    Int32,

    /// <summary>Integers of 64 bits with a sign.</summary>
    Int64,

    /// <summary>IEEE 754 numbers of 32 bits.</summary>
    Float32,

    /// <summary>IEEE 754 numbers of 64 bits.</summary>
    Float64,
}
