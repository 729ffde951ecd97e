using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Inference mode for this thread until disposed: no tape, no version counters.</summary>
internal sealed class InferenceModeScope(bool enabled) : IDisposable
{
    private nint _guard = NativeMethods.ens_inference_mode_enter(enabled ? 1 : 0);

    public void Dispose()
    {
        var guard = Interlocked.Exchange(ref _guard, 0);
        if (guard != 0) NativeMethods.ens_inference_mode_exit(guard);
    }
}
