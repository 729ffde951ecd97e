namespace Ensemble.Plots;

/// <summary>What a model's size is counted in.</summary>
public enum SizeMeasure
{
    /// <summary>Trainable numbers.</summary>
    Parameters,

    /// <summary>Multiplications with addition for one image.</summary>
    MultiplyAdds,

    /// <summary>Bytes of the weights' file.</summary>
    Bytes,

    /// <summary>Milliseconds for one image, alone in its batch.</summary>
    Latency,
}
