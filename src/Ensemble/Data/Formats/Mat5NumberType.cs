namespace Ensemble.Data.Formats;

/// <summary>How numbers lie in a MATLAB 5 file; the values are the format's own.</summary>
internal enum Mat5NumberType
{
    /// <summary>8 bits, signed.</summary>
    Int8 = 1,

    /// <summary>8 bits.</summary>
    UInt8 = 2,

    /// <summary>16 bits, signed.</summary>
    Int16 = 3,

    /// <summary>16 bits.</summary>
    UInt16 = 4,

    /// <summary>32 bits, signed.</summary>
    Int32 = 5,

    /// <summary>32 bits.</summary>
    UInt32 = 6,

    /// <summary>Floating-point, 32 bits.</summary>
    Single = 7,

    /// <summary>Floating-point, 64 bits.</summary>
    Double = 9,

    /// <summary>64 bits, signed.</summary>
    Int64 = 12,

    /// <summary>64 bits.</summary>
    UInt64 = 13,
}
