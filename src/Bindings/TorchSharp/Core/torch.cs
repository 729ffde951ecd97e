using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>PyTorch's functions by their own names, over the machine's libtorch.</summary>
public static partial class torch
{
    /// <summary>The version of libtorch that the shim was built against.</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)NativeMethods.ens_torch_version())!;

    public static int get_num_threads() => NativeMethods.ens_threads();

    public static void set_num_threads(int num) => NativeMethods.Check(NativeMethods.ens_set_threads(num));

    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>What the machine has of CUDA.</summary>
    public static class cuda
    {
        public static bool is_available() => NativeMethods.ens_cuda_available() != 0;

        public static bool is_cudnn_available() => NativeMethods.ens_cudnn_available() != 0;

        public static int device_count() => NativeMethods.ens_cuda_devices();

        public static void manual_seed(long seed) => NativeMethods.Check(NativeMethods.ens_cuda_manual_seed((ulong)seed, 0));

        public static void manual_seed_all(long seed) => NativeMethods.Check(NativeMethods.ens_cuda_manual_seed((ulong)seed, 1));

        /// <summary>Waits until the device has done what was asked of it.</summary>
        public static void synchronize(Device? device = null) => NativeMethods.Check(NativeMethods.ens_cuda_synchronize(device?.index ?? -1));
    }
}
