namespace Ensemble.Export;

/// <summary>What a classifier leaves as.</summary>
public enum ExportFormat
{
    /// <summary>One ONNX file, which any ONNX runtime runs.</summary>
    Onnx,

    /// <summary>Weights under PyTorch's names, with a model card.</summary>
    Safetensors,

    /// <summary>Both.</summary>
    Bundle,
}
