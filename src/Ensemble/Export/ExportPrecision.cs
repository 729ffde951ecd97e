using System.Diagnostics.CodeAnalysis;

namespace Ensemble.Export;

/// <summary>What an exported graph computes in.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The members are the field's own words.")]
public enum ExportPrecision
{
    /// <summary>float32, as the network was trained.</summary>
    Fp32,

    /// <summary>Half precision between a float32 input and a float32 output: half the size.</summary>
    Fp16,

    /// <summary>Bytes: about a quarter of the size, and faster where the machine multiplies bytes.</summary>
    Int8,
}
