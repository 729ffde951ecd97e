using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Ops.cat.Invoke(Arg.List(tensors.ToArray()), dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Ops.stack.Invoke(Arg.List(tensors.ToArray()), dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Ops.where_self.Invoke(condition, x, y);

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);
}
