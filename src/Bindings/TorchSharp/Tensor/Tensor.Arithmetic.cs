using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Ops.add_Tensor.Invoke(this, target);
        public Tensor add(Tensor target, Scalar alpha) => Ops.add_Tensor.Invoke(this, target, alpha);
        public Tensor add(Scalar scalar) => Ops.add_Scalar.Invoke(this, scalar);
        public Tensor add_(Tensor target) => Ops.add__Tensor.Invoke(this, target);
        public Tensor add_(Tensor target, Scalar alpha) => Ops.add__Tensor.Invoke(this, target, alpha);
        public Tensor add_(Scalar scalar) => Ops.add__Scalar.Invoke(this, scalar);
        public Tensor sub(Tensor target) => Ops.sub_Tensor.Invoke(this, target);
        public Tensor sub(Scalar target) => Ops.sub_Scalar.Invoke(this, target);
        public Tensor sub_(Tensor target) => Ops.sub__Tensor.Invoke(this, target);
        public Tensor sub_(Scalar target) => Ops.sub__Scalar.Invoke(this, target);
        public Tensor mul(Tensor target) => Ops.mul_Tensor.Invoke(this, target);
        public Tensor mul(Scalar target) => Ops.mul_Scalar.Invoke(this, target);
        public Tensor mul_(Tensor target) => Ops.mul__Tensor.Invoke(this, target);
        public Tensor mul_(Scalar target) => Ops.mul__Scalar.Invoke(this, target);
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Ops.div_Tensor_mode.Invoke(this, target, Mode(rounding_mode));
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Ops.div_Scalar_mode.Invoke(this, target, Mode(rounding_mode));
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Ops.div__Tensor_mode.Invoke(this, target, Mode(rounding_mode));
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Ops.div__Scalar_mode.Invoke(this, target, Mode(rounding_mode));
        public Tensor remainder(Scalar scalar) => Ops.remainder_Scalar.Invoke(this, scalar);
        public Tensor remainder(Tensor target) => Ops.remainder_Tensor.Invoke(this, target);
        public Tensor pow(Scalar exponent) => Ops.pow_Tensor_Scalar.Invoke(this, exponent);
        public Tensor pow(Tensor exponent) => Ops.pow_Tensor_Tensor.Invoke(this, exponent);
        public Tensor neg() => Ops.neg.Invoke(this);
        public Tensor neg_() => Ops.neg_.Invoke(this);
        public Tensor abs() => Ops.abs.Invoke(this);
        public Tensor exp() => Ops.exp.Invoke(this);
        public Tensor expm1() => Ops.expm1.Invoke(this);
        public Tensor log() => Ops.log.Invoke(this);
        public Tensor log1p() => Ops.log1p.Invoke(this);
        public Tensor log2() => Ops.log2.Invoke(this);
        public Tensor sqrt() => Ops.sqrt.Invoke(this);
        public Tensor sqrt_() => Ops.sqrt_.Invoke(this);
        public Tensor rsqrt() => Ops.rsqrt.Invoke(this);
        public Tensor reciprocal() => Ops.reciprocal.Invoke(this);
        public Tensor square() => Ops.square.Invoke(this);
        public Tensor sin() => Ops.sin.Invoke(this);
        public Tensor cos() => Ops.cos.Invoke(this);
        public Tensor sign() => Ops.sign.Invoke(this);
        public Tensor floor() => Ops.floor.Invoke(this);
        public Tensor ceil() => Ops.ceil.Invoke(this);
        public Tensor round(long decimals = 0) => Ops.round_decimals.Invoke(this, decimals);
        public Tensor trunc() => Ops.trunc.Invoke(this);
        public Tensor erf() => Ops.erf.Invoke(this);
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Ops.clamp.Invoke(this, min, max);
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Ops.clamp_.Invoke(this, min, max);
        public Tensor clamp_min(Scalar min) => Ops.clamp_min.Invoke(this, min);
        public Tensor clamp_max(Scalar max) => Ops.clamp_max.Invoke(this, max);
        public Tensor maximum(Tensor other) => Ops.maximum.Invoke(this, other);
        public Tensor minimum(Tensor other) => Ops.minimum.Invoke(this, other);
        public Tensor lerp(Tensor end, Tensor weight) => Ops.lerp_Tensor.Invoke(this, end, weight);
        public Tensor lerp_(Tensor end, Tensor weight) => Ops.lerp__Tensor.Invoke(this, end, weight);
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.addcmul_.Invoke(this, tensor1, tensor2, value);
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.addcdiv_.Invoke(this, tensor1, tensor2, value);
        public Tensor matmul(Tensor target) => Ops.matmul.Invoke(this, target);
        public Tensor mm(Tensor target) => Ops.mm.Invoke(this, target);
        public Tensor bmm(Tensor batch2) => Ops.bmm.Invoke(this, batch2);
        public Tensor dot(Tensor target) => Ops.dot.Invoke(this, target);
        public Tensor outer(Tensor vec2) => Ops.outer.Invoke(this, vec2);
        public Tensor renorm(float p, long dim, float maxnorm) => Ops.renorm.Invoke(this, (Scalar)p, dim, (Scalar)maxnorm);

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);
        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);
        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);
        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);
        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);
        public static Tensor operator -(Scalar left, Tensor right) => Ops.rsub_Scalar.Invoke(right, left);
        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);
        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);
        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);
        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);
        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);
        public static Tensor operator -(Tensor tensor) => tensor.neg();

        private static Arg Mode(RoundingMode mode) => mode switch
        {
            RoundingMode.floor => "floor",
            RoundingMode.trunc => "trunc",
            _ => Arg.None,
        };
    }
}
