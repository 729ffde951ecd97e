using TorchSharp;
#if STACK_SYSTEM
using TorchSharp.Interop;
#endif

namespace Ensemble.Acceleration;

/// <summary>GELU, by one pass over a bfloat16 tensor on the CPU, where libtorch's own takes longer than a convolution.</summary>
/// <remarks>Everything else, and the <c>nuget</c> stack, goes through libtorch's. To 1e-7, which no bfloat16 can tell apart.</remarks>
public static class FusedGelu
{
    /// <summary>Each element times the normal distribution at it (Hendrycks and Gimpel 2016, arXiv 1606.08415).</summary>
    /// <param name="input">Of any shape.</param>
    /// <returns>A tensor of the same shape and dtype; the caller disposes it.</returns>
    public static torch.Tensor Call(torch.Tensor input)
    {
#if STACK_SYSTEM
        NativeMethods.Check(NativeMethods.ens_fused_gelu(input.Handle, out var result));
        GC.KeepAlive(input);
        if (torch.Tensor.OwnOrNull(result) is { } fused)
        {
            return fused;
        }
#endif
        return torch.nn.functional.gelu(input);
    }
}
