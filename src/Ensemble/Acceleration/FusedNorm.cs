using TorchSharp;
using TorchSharp.Modules;
#if STACK_SYSTEM
using TorchSharp.Interop;
#endif

namespace Ensemble.Acceleration;

/// <summary>Batch norm, a sum and an activation in one operator, where there is one; else in three.</summary>
/// <remarks>
/// libtorch reads and writes the whole map for each of them, on the CPU by slow loops. The fused operator
/// (src/Bindings/TorchSharp/Native/fused.cpp) takes channels_last maps of float32 and bfloat16 on the CPU; everything else, GPUs
/// and the <c>nuget</c> stack go through the modules.
/// </remarks>
public static class FusedNorm
{
    /// <summary>activation(norm(map) + residual).</summary>
    /// <param name="norm">The norm; while training its running statistics move, as its own call would move them.</param>
    /// <param name="map">[N, C, H, W].</param>
    /// <param name="activation">What follows.</param>
    /// <param name="residual">What is added in between, of the map's shape; null for nothing.</param>
    /// <returns>A tensor of the map's shape and dtype; the caller disposes it.</returns>
    public static torch.Tensor Call(BatchNorm2d norm, torch.Tensor map, Activation activation, torch.Tensor? residual = null)
    {
#if STACK_SYSTEM
        if (TryFuse(norm, map, activation, residual) is { } fused)
        {
            return fused;
        }
#endif
        using var scope = torch.NewDisposeScope();
        var normalised = norm.call(map);
        if (residual is not null)
        {
            normalised = normalised.add_(residual);
        }

        normalised = activation switch
        {
            Activation.Relu => normalised.relu_(),
            Activation.Gelu => torch.nn.functional.gelu(normalised),
            _ => normalised,
        };
        return normalised.MoveToOuterDisposeScope();
    }

#if STACK_SYSTEM
    private static torch.Tensor? TryFuse(BatchNorm2d norm, torch.Tensor map, Activation activation, torch.Tensor? residual)
    {
        // Without momentum the running statistics are averages over all batches, of which the norm keeps count.
        if (norm is not { weight: { } weight, bias: { } bias, running_mean: { } mean, running_var: { } variance, momentum: { } momentum })
        {
            return null;
        }

        NativeMethods.Check(NativeMethods.ens_fused_norm(
            map.Handle, residual?.Handle ?? 0, weight.Handle, bias.Handle, mean.Handle, variance.Handle, norm.training ? 1 : 0, momentum, norm.eps, (int)activation, out var result));
        GC.KeepAlive(map);
        GC.KeepAlive(residual);
        if (torch.Tensor.OwnOrNull(result) is not { } fused)
        {
            return null;
        }

        if (norm.training)
        {
            using var guard = torch.no_grad();
            norm.num_batches_tracked!.add_(1).Dispose();
        }

        return fused;
    }
#endif
}
