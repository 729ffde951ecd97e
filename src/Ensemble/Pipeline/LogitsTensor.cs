using System.Runtime.InteropServices;
using Ensemble.Evaluation;
using Ensemble.Storage;

namespace Ensemble.Pipeline;

/// <summary>Logits as tensors of a safetensors file.</summary>
internal static class LogitsTensor
{
    /// <summary>[N, C] float32, under a name.</summary>
    public static TensorRecord Of(string name, SplitLogits logits) =>
        new(name, SafetensorsDtype.F32, [logits.Count, logits.ClassCount], MemoryMarshal.AsBytes(logits.Values.Span).ToArray());

    /// <summary>The logits of such a tensor.</summary>
    public static SplitLogits Read(TensorRecord tensor) =>
        new(MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray(), (int)tensor.Shape[^1]);
}
