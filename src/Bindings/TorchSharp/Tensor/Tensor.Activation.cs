using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor relu() => Ops.relu.Invoke(this);
        public Tensor relu_() => Ops.relu_.Invoke(this);
        public Tensor relu6() => Ops.relu6.Invoke(this);
        public Tensor relu6_() => Ops.relu6_.Invoke(this);
        public Tensor leaky_relu(Scalar negative_slope) => Ops.leaky_relu.Invoke(this, negative_slope);
        public Tensor sigmoid() => Ops.sigmoid.Invoke(this);
        public Tensor tanh() => Ops.tanh.Invoke(this);
        public Tensor silu() => Ops.silu.Invoke(this);
        public Tensor silu_() => Ops.silu_.Invoke(this);
        public Tensor gelu() => Ops.gelu.Invoke(this);
        public Tensor hardswish() => Ops.hardswish.Invoke(this);
        public Tensor hardswish_() => Ops.hardswish_.Invoke(this);
        public Tensor hardsigmoid() => Ops.hardsigmoid.Invoke(this);
        public Tensor softplus(double beta = 1, double threshold = 20) => Ops.softplus.Invoke(this, (Scalar)beta, (Scalar)threshold);
        public Tensor softmax(long dim, ScalarType? dtype = null) => Ops.softmax_int.Invoke(this, dim, dtype);
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Ops.log_softmax_int.Invoke(this, dim, dtype);
    }
}
