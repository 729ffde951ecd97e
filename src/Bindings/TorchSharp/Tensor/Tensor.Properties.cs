using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[dim()];
                fixed (long* into = sizes) NativeMethods.ens_tensor_sizes(Handle, into);
                return sizes;
            }
        }

        public ScalarType dtype => (ScalarType)NativeMethods.ens_tensor_dtype(Handle);

        public Device device => Device.Unpack(NativeMethods.ens_tensor_device(Handle));

        public DeviceType device_type => device.type;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_leaf => NativeMethods.ens_tensor_is_leaf(Handle) != 0;

        public bool requires_grad
        {
            get => NativeMethods.ens_tensor_requires_grad(Handle) != 0;
            set => NativeMethods.Check(NativeMethods.ens_tensor_set_requires_grad(Handle, value ? 1 : 0));
        }

        /// <summary>The accumulated gradient, or null; each reading gives a new handle on the same gradient.</summary>
        public Tensor? grad
        {
            get
            {
                NativeMethods.Check(NativeMethods.ens_tensor_grad(Handle, out var gradient));
                return OwnOrNull(gradient);
            }
            set => NativeMethods.Check(NativeMethods.ens_tensor_set_grad(Handle, value?.Handle ?? 0));
        }

        public long Dimensions => dim();

        public long NumberOfElements => numel();

        public long ElementSize => element_size();

        public long dim() => NativeMethods.ens_tensor_dim(Handle);

        public long numel() => NativeMethods.ens_tensor_numel(Handle);

        public long element_size() => NativeMethods.ens_tensor_element_size(Handle);

        public long[] size() => shape;

        public long size(int dim)
        {
            var sizes = shape;
            return sizes[dim < 0 ? dim + sizes.Length : dim];
        }

        public unsafe long[] stride()
        {
            var strides = new long[dim()];
            fixed (long* into = strides) NativeMethods.ens_tensor_strides(Handle, into);
            return strides;
        }

        public long stride(int dim)
        {
            var strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        public bool is_contiguous() => NativeMethods.ens_tensor_is_contiguous(Handle, 0) != 0;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_floating_point() => dtype is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

        public bool is_integral() => dtype is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }
    }
}
