using TorchSharp;
#if STACK_SYSTEM
using TorchSharp.Interop;
#endif

namespace Ensemble.Acceleration;

/// <summary>
/// Mixed precision for the forward pass: while entered, convolutions and matrix products compute in bfloat16 and
/// everything that sums does so in float32 (PyTorch's autocast).
/// </summary>
/// <remarks>TorchSharp has no autocast: with the <c>nuget</c> stack everything computes in float32, slower but right.</remarks>
public static class Autocast
{
    /// <summary>Whether this build can autocast at all.</summary>
#if STACK_SYSTEM
    public static bool IsSupported => true;
#else
    public static bool IsSupported => false;
#endif

    /// <summary>The precision that a request comes down to on a device of this machine.</summary>
    /// <param name="requested">What was asked for.</param>
    /// <param name="device">Where the network runs.</param>
    /// <param name="hasBfloat16">Whether the host's processor multiplies bfloat16 (avx512_bf16 or amx_bf16).</param>
    /// <returns><see cref="Precision.Fp32"/> or <see cref="Precision.Bf16"/>.</returns>
    /// <exception cref="MachineFaultException">bfloat16 was asked for by name and this build has no autocast.</exception>
    public static Precision Resolve(Precision requested, torch.Device device, bool hasBfloat16)
    {
        if (requested == Precision.Bf16 && !IsSupported)
        {
            throw new MachineFaultException(
                "precision bf16", "the nuget stack has no autocast", "use --precision fp32, or --stack system");
        }

        var fast = IsSupported && (device.type == DeviceType.CUDA || hasBfloat16);
        return requested switch
        {
            Precision.Auto => fast ? Precision.Bf16 : Precision.Fp32,
            _ => requested,
        };
    }

    /// <summary>Enters the precision on this thread until the result is disposed; leave in the reverse order of entering.</summary>
    /// <param name="precision"><see cref="Precision.Fp32"/> or <see cref="Precision.Bf16"/>; resolve first.</param>
    /// <param name="device">Where the network runs.</param>
    /// <exception cref="ArgumentException">The precision is <see cref="Precision.Auto"/>.</exception>
    public static IDisposable Enter(Precision precision, torch.Device device)
    {
        if (precision == Precision.Auto)
        {
            throw new ArgumentException("resolve Auto to a precision first", nameof(precision));
        }

#if STACK_SYSTEM
        return new Scope(device.type, precision == Precision.Bf16);
#else
        return new Scope();
#endif
    }

    private sealed class Scope : IDisposable
    {
#if STACK_SYSTEM
        private readonly DeviceType _device;
        private readonly int _before;
        private bool _left;

        public Scope(DeviceType device, bool enabled)
        {
            _device = device;
            NativeMethods.Check(NativeMethods.ens_autocast_enter((int)device, (int)torch.ScalarType.BFloat16, enabled ? 1 : 0, out _before));
        }

        public void Dispose()
        {
            if (_left)
            {
                return;
            }

            _left = true;
            NativeMethods.Check(NativeMethods.ens_autocast_exit((int)_device, _before));
        }
#else
        public void Dispose()
        {
        }
#endif
    }
}
