namespace Ensemble.Acceleration;

/// <summary>The arithmetic of a network's layers; weights, losses and optimiser state are float32 in every case.</summary>
public enum Precision
{
    /// <summary>bfloat16 where the hardware multiplies it, float32 elsewhere.</summary>
    Auto,

    /// <summary>float32 throughout.</summary>
    Fp32,

    /// <summary>Convolutions and matrix products in bfloat16 (autocast), the rest in float32.</summary>
    Bf16,
}
