using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Ops.eq_Tensor.Invoke(this, target);
        public Tensor eq(Scalar target) => Ops.eq_Scalar.Invoke(this, target);
        public Tensor ne(Tensor target) => Ops.ne_Tensor.Invoke(this, target);
        public Tensor ne(Scalar target) => Ops.ne_Scalar.Invoke(this, target);
        public Tensor lt(Tensor target) => Ops.lt_Tensor.Invoke(this, target);
        public Tensor lt(Scalar target) => Ops.lt_Scalar.Invoke(this, target);
        public Tensor le(Tensor target) => Ops.le_Tensor.Invoke(this, target);
        public Tensor le(Scalar target) => Ops.le_Scalar.Invoke(this, target);
        public Tensor gt(Tensor target) => Ops.gt_Tensor.Invoke(this, target);
        public Tensor gt(Scalar target) => Ops.gt_Scalar.Invoke(this, target);
        public Tensor ge(Tensor target) => Ops.ge_Tensor.Invoke(this, target);
        public Tensor ge(Scalar target) => Ops.ge_Scalar.Invoke(this, target);
        public Tensor logical_and(Tensor other) => Ops.logical_and.Invoke(this, other);
        public Tensor logical_or(Tensor other) => Ops.logical_or.Invoke(this, other);
        public Tensor logical_not() => Ops.logical_not.Invoke(this);
        public Tensor isfinite() => Ops.isfinite.Invoke(this);
        public Tensor isnan() => Ops.isnan.Invoke(this);
        public Tensor all() => Ops.all.Invoke(this);
        public Tensor all(long dim, bool keepdim = false) => Ops.all_dim.Invoke(this, dim, keepdim);
        public Tensor any() => Ops.any.Invoke(this);
        public Tensor any(long dim, bool keepdim = false) => Ops.any_dim.Invoke(this, dim, keepdim);

        /// <summary>As in TorchSharp the same as <see cref="eq(Tensor)"/>: element by element, unlike PyTorch's equal.</summary>
        public Tensor equal(Tensor target) => eq(target);

        /// <summary>|self - target| at most atol + rtol |target|, everywhere.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Ops.allclose.InvokeInteger(this, target, rtol, atol, equal_nan) != 0;
    }
}
