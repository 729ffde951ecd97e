using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(Ops.to_dtype.Invoke(this, type, non_blocking, copy), disposeAfter);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(Ops.to_device.Invoke(this, device, dtype, non_blocking, copy), disposeAfter);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(Ops.to_device.Invoke(this, device, type, non_blocking, copy), disposeAfter);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(type, copy, disposeAfter, non_blocking);

        public Tensor cpu() => to(CPU);
        public Tensor cuda(Device? device = null, bool non_blocking = false) => to(device ?? CUDA, non_blocking: non_blocking);
        public Tensor @float() => to(ScalarType.Float32);
        public Tensor @double() => to(ScalarType.Float64);
        public Tensor half() => to(ScalarType.Float16);
        public Tensor bfloat16() => to(ScalarType.BFloat16);
        public Tensor @long() => to(ScalarType.Int64);
        public Tensor @int() => to(ScalarType.Int32);
        public Tensor @byte() => to(ScalarType.Byte);
        public Tensor @bool() => to(ScalarType.Bool);

        /// <summary>A copy with its own memory, on the tape.</summary>
        public Tensor clone() => Ops.clone.Invoke(this);

        /// <summary>The same memory, off the tape.</summary>
        public Tensor detach() => Ops.detach.Invoke(this);

        /// <summary>A second handle on the same tensor.</summary>
        public Tensor alias() => Ops.alias.Invoke(this);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Ops.copy_.Invoke(this, source, nonBlocking);
        public Tensor set_(Tensor source) => Ops.set__source_Tensor.Invoke(this, source);
        public Tensor fill_(Scalar value) => Ops.fill__Scalar.Invoke(this, value);
        public Tensor zero_() => Ops.zero_.Invoke(this);
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Ops.zeros_like.Invoke(this, dtype, Arg.None, device).With(requires_grad);
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Ops.ones_like.Invoke(this, dtype, Arg.None, device).With(requires_grad);
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Ops.full_like.Invoke(this, value, dtype, Arg.None, device).With(requires_grad);
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Ops.empty_like.Invoke(this, dtype, Arg.None, device).With(requires_grad);
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Ops.rand_like.Invoke(this, dtype, Arg.None, device).With(requires_grad);
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => Ops.randn_like.Invoke(this, dtype, Arg.None, device).With(requires_grad);

        internal Tensor With(bool requiresGrad)
        {
            if (requiresGrad) requires_grad = true;
            return this;
        }

        private Tensor Converted(Tensor result, bool disposeAfter)
        {
            if (disposeAfter) Dispose();
            return result;
        }
    }
}
