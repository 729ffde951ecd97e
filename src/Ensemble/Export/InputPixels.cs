using System.Diagnostics.CodeAnalysis;

namespace Ensemble.Export;

/// <summary>What an exported graph is given: [N, C, H, W] pixels that it normalises itself.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The members are the types' own words.")]
public enum InputPixels
{
    /// <summary>Bytes, 0 to 255.</summary>
    UInt8,

    /// <summary>float32, 0 to 1.</summary>
    Float,
}
