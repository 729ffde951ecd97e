using System.Runtime.InteropServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The memory of a contiguous tensor on the CPU, valid while the tensor is.</summary>
        /// <exception cref="InvalidOperationException">The tensor lies on another device, or is not contiguous.</exception>
        public unsafe Span<byte> bytes
        {
            get => new((void*)HostData(), checked((int)(numel() * element_size())));
            set
            {
                var own = bytes;
                if (value.Length != own.Length)
                    throw new ArgumentException($"{value.Length} bytes given for a tensor of {own.Length}", nameof(value));
                value.CopyTo(own);
            }
        }

        /// <summary>The values of a tensor on the CPU.</summary>
        /// <exception cref="ArgumentException">T is not the .NET type of the tensor's dtype.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            RequireType<T>();
            return new TensorAccessor<T>(this);
        }

        /// <summary>The one value of a tensor of one element, on any device.</summary>
        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1) throw new ArgumentException($"item() takes a tensor of one element; this one has {numel()}");
            RequireType<T>();
            using var host = detach().cpu(true);
            return host.bytes.Length == 0 ? default : MemoryMarshal.Read<T>(host.bytes);
        }

        public Scalar ToScalar() => dtype switch
        {
            ScalarType.Bool => item<bool>(),
            ScalarType.Byte => item<byte>(),
            ScalarType.Int32 => item<int>(),
            ScalarType.Int64 => item<long>(),
            ScalarType.Float32 => item<float>(),
            ScalarType.Float64 => item<double>(),
            var other => throw new NotSupportedException($"a scalar of {other} has no .NET number here; convert the tensor first"),
        };

        internal nint HostData()
        {
            if (!is_cpu()) throw new InvalidOperationException($"the values of a tensor on {device} are not in the host's memory; call cpu() first");
            if (!is_contiguous()) throw new InvalidOperationException("the memory of a tensor that is not contiguous has gaps; call contiguous() first");
            NativeMethods.Check(NativeMethods.ens_tensor_data(Handle, out var pointer));
            return pointer;
        }

        // The same tensor off the device; disposes the intermediate when there is one.
        private Tensor cpu(bool disposeAfter) => to(CPU, disposeAfter: disposeAfter);

        private void RequireType<T>()
            where T : unmanaged
        {
            if (dtype != DTypes.Of<T>())
                throw new ArgumentException($"the tensor holds {dtype}, not {typeof(T).Name}");
        }
    }
}
