using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Switches the recording of gradients for this thread until disposed.</summary>
internal sealed class GradModeScope : IDisposable
{
    private readonly int _before = NativeMethods.ens_grad_enabled();

    public GradModeScope(bool enabled) => NativeMethods.ens_set_grad_enabled(enabled ? 1 : 0);

    public void Dispose() => NativeMethods.ens_set_grad_enabled(_before);
}
