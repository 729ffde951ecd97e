using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module trains.</summary>
public class Parameter : torch.Tensor
{
    /// <param name="data">The values; the parameter shares their memory and takes their place off the tape.</param>
    /// <param name="requires_grad">Whether gradients are accumulated.</param>
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(Detached(data))
    {
        // A parameter belongs to its module, not to the scope in which the module was made.
        DetachFromDisposeScope();
        this.requires_grad = requires_grad;
    }

    private static nint Detached(torch.Tensor data)
    {
        using var detached = data.detach();
        return NativeMethods.ens_tensor_retain(detached.Handle);
    }
}
