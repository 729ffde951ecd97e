using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the default generator of every device.</summary>
    public static Generator manual_seed(long seed)
    {
        NativeMethods.Check(NativeMethods.ens_manual_seed((ulong)seed));
        return Generator.Default;
    }

    /// <summary>A stream of random numbers on one device.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            NativeMethods.Check(NativeMethods.ens_generator_new(seed, this.device.Packed, out _handle));
        }

        private Generator(nint handle)
        {
            device = CPU;
            _handle = handle;
        }

        ~Generator() => Dispose(false);

        /// <summary>The stream that operators draw from when they are given none, on the CPU.</summary>
        public static Generator Default
        {
            get
            {
                NativeMethods.Check(NativeMethods.ens_generator_default(CPU.Packed, out var handle));
                return new Generator(handle);
            }
        }

        public Device device { get; }

        public nint Handle
        {
            get
            {
                ObjectDisposedException.ThrowIf(_handle == 0, this);
                return _handle;
            }
        }

        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.ens_generator_set_seed(Handle, (ulong)seed));
            return this;
        }

        public long initial_seed() => (long)NativeMethods.ens_generator_seed(Handle);

        public Tensor get_state()
        {
            NativeMethods.Check(NativeMethods.ens_generator_state(Handle, out var state));
            return Tensor.Own(state);
        }

        public void set_state(Tensor value) => NativeMethods.Check(NativeMethods.ens_generator_set_state(Handle, value.Handle));

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0) NativeMethods.ens_generator_free(handle);
        }
    }
}
