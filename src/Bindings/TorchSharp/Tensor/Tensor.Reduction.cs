using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Ops.sum.Invoke(this, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Ops.sum_dim_IntList.Invoke(this, new[] { dim }, keepdim, type);
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Ops.sum_dim_IntList.Invoke(this, dim, keepdim, type);
        public Tensor mean() => Ops.mean.Invoke(this);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Ops.mean_dim.Invoke(this, dimensions, keepdim, type);
        public Tensor var(bool unbiased = true) => Ops.var.Invoke(this, unbiased);
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(Ops.var_dim.Invoke(this, dimensions, unbiased, keepdim), type);
        public Tensor std(bool unbiased = true) => Ops.std.Invoke(this, unbiased);
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(Ops.std_dim.Invoke(this, dimensions, unbiased, keepdim), type);
        public Tensor max() => Ops.max.Invoke(this);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Ops.max_dim.InvokePair(this, dim, keepdim);
        public Tensor min() => Ops.min.Invoke(this);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Ops.min_dim.InvokePair(this, dim, keepdim);
        public Tensor amax(params long[] dims) => Ops.amax.Invoke(this, dims);
        public Tensor amin(params long[] dims) => Ops.amin.Invoke(this, dims);
        public Tensor argmax() => Ops.argmax.Invoke(this);
        public Tensor argmax(long dim, bool keepdim = false) => Ops.argmax.Invoke(this, dim, keepdim);
        public Tensor argmin(long dim, bool keepdim = false) => Ops.argmin.Invoke(this, dim, keepdim);
        public Tensor argsort(long dim = -1, bool descending = false) => Ops.argsort.Invoke(this, dim, descending);
        public (Tensor values, Tensor indices) sort(long dim = -1, bool descending = false, bool stable = false) => Ops.sort_stable.InvokePair(this, stable, dim, descending);
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Ops.topk.InvokePair(this, k, dim, largest, sorted);
        public Tensor cumsum(long dim, ScalarType? type = null) => Ops.cumsum.Invoke(this, dim, type);
        public Tensor logsumexp(long dim, bool keepdim = false) => Ops.logsumexp.Invoke(this, new[] { dim }, keepdim);
        public Tensor norm(float p = 2) => Ops.norm_Scalar.Invoke(this, (Scalar)p);
        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Ops.norm_ScalarOpt_dim.Invoke(this, (Scalar)p, new[] { (long)dim }, keepdim);
        public Tensor bincount(Tensor? weights, long minlength = 0) => Ops.bincount.Invoke(this, weights, minlength);
        public Tensor count_nonzero(long[]? dims = null) => dims is null ? Ops.count_nonzero.Invoke(this) : Ops.count_nonzero_dim_IntList.Invoke(this, dims);

        private static Tensor As(Tensor tensor, ScalarType? type) => type is { } t && t != tensor.dtype ? tensor.to(t, disposeAfter: true) : tensor;
    }
}
