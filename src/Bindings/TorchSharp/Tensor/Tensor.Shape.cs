using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor T => Ops.numpy_T.Invoke(this);

        public Tensor t() => Ops.t.Invoke(this);
        public Tensor transpose(long dim0, long dim1) => Ops.transpose_int.Invoke(this, dim0, dim1);
        public Tensor permute(params long[] permutation) => Ops.permute.Invoke(this, permutation);
        public Tensor reshape(params long[] shape) => Ops.reshape.Invoke(this, shape);
        public Tensor view(params long[] shape) => Ops.view.Invoke(this, shape);
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Ops.flatten_using_ints.Invoke(this, start_dim, end_dim);
        public Tensor squeeze(long? dim = null) => dim is { } d ? Ops.squeeze_dim.Invoke(this, d) : Ops.squeeze.Invoke(this);
        public Tensor unsqueeze(long dim) => Ops.unsqueeze.Invoke(this, dim);
        public Tensor expand(params long[] sizes) => Ops.expand.Invoke(this, sizes);
        public Tensor expand_as(Tensor other) => Ops.expand_as.Invoke(this, other);
        public Tensor repeat(params long[] sizes) => Ops.repeat.Invoke(this, sizes);
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => Ops.repeat_interleave_self_int.Invoke(this, repeats, dim, output_size);
        public Tensor[] chunk(long chunks, long dim = 0) => Ops.chunk.InvokeList(this, chunks, dim);
        public Tensor[] split(long size, int dim = 0) => Ops.split_Tensor.InvokeList(this, size, dim);
        public Tensor[] unbind(long dimension = 0) => Ops.unbind_int.InvokeList(this, dimension);
        public Tensor flip(params long[] dims) => Ops.flip.Invoke(this, dims);
        public Tensor roll(long[] shifts, long[] dims) => Ops.roll.Invoke(this, shifts, dims);
        public Tensor contiguous() => Ops.contiguous.Invoke(this);
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Ops.as_strided.Invoke(this, size, strides, storageOffset);
        public Tensor unfold(long dimension, long size, long step) => Ops.unfold.Invoke(this, dimension, size, step);
    }
}
