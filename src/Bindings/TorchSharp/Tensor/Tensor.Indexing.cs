using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices).Dispose();
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices).Dispose();
        }

        public Tensor this[long i1]
        {
            get => select(0, i1);
            set
            {
                using var place = select(0, i1);
                place.copy_(value).Dispose();
            }
        }

        public Tensor select(long dim, long index) => Ops.select_int.Invoke(this, dim, index);
        public Tensor narrow(long dim, long start, long length) => Ops.narrow.Invoke(this, dim, start, length);
        public Tensor slice(long dim, long start, long finish, long step) => Ops.slice_Tensor.Invoke(this, dim, start, finish, step);
        public Tensor index(params TensorIndex[] indices) => TensorIndexing.Get(this, indices);
        public Tensor index(params Tensor[] indices) => Ops.index_Tensor.Invoke(this, Arg.OptionalList(indices));
        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => TensorIndexing.Put(this, value, indices);
        public Tensor index_put_(Tensor value, params Tensor[] indices) => Ops.index_put_.Invoke(this, Arg.OptionalList(indices), value);
        public Tensor index_select(long dim, Tensor index) => Ops.index_select.Invoke(this, dim, index);
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Ops.index_copy_.Invoke(this, dim, index, source);
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Ops.index_add_.Invoke(this, dim, index, source, alpha);
        public Tensor gather(long dim, Tensor index) => Ops.gather.Invoke(this, dim, index);
        public Tensor scatter(long dim, Tensor index, Tensor src) => Ops.scatter_src.Invoke(this, dim, index, src);
        public Tensor scatter_(long dim, Tensor index, Tensor src) => Ops.scatter__src.Invoke(this, dim, index, src);
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Ops.scatter_add_.Invoke(this, dim, index, src);
        public Tensor take_along_dim(Tensor indices, long dim) => Ops.take_along_dim.Invoke(this, indices, dim);
        public Tensor masked_fill(Tensor mask, Scalar value) => Ops.masked_fill_Scalar.Invoke(this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) => Ops.masked_fill__Scalar.Invoke(this, mask, value);
        public Tensor masked_select(Tensor mask) => Ops.masked_select.Invoke(this, mask);
        public Tensor where(Tensor condition, Tensor y) => Ops.where_self.Invoke(condition, this, y);
    }
}
