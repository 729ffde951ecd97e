using static TorchSharp.torch;

namespace TorchSharp.Tests.Cases;

internal static class UnaryCases
{
    public static Dictionary<string, Func<Tensor[], object>> All { get; } = new()
    {
        ["Tensor.neg()"] = t => t[0].neg(),
        ["Tensor.neg_()"] = t => t[0].neg_(),
        ["Tensor.abs()"] = t => t[0].abs(),
        ["Tensor.exp()"] = t => t[0].exp(),
        ["Tensor.expm1()"] = t => t[0].expm1(),
        ["Tensor.square()"] = t => t[0].square(),
        ["Tensor.sin()"] = t => t[0].sin(),
        ["Tensor.cos()"] = t => t[0].cos(),
        ["Tensor.sign()"] = t => t[0].sign(),
        ["Tensor.floor()"] = t => t[0].floor(),
        ["Tensor.ceil()"] = t => t[0].ceil(),
        ["Tensor.round()"] = t => t[0].round(),
        ["Tensor.round(long)"] = t => t[0].round(2),
        ["Tensor.trunc()"] = t => t[0].trunc(),
        ["Tensor.erf()"] = t => t[0].erf(),
        ["Tensor.reciprocal()"] = t => t[0].reciprocal(),
        ["Tensor.log()"] = t => t[0].log(),
        ["Tensor.log() of zero and below"] = t => t[0].log(),
        ["Tensor.log1p()"] = t => t[0].log1p(),
        ["Tensor.log2()"] = t => t[0].log2(),
        ["Tensor.sqrt()"] = t => t[0].sqrt(),
        ["Tensor.sqrt_()"] = t => t[0].sqrt_(),
        ["Tensor.rsqrt()"] = t => t[0].rsqrt(),
        ["Tensor.relu()"] = t => t[0].relu(),
        ["Tensor.relu_()"] = t => t[0].relu_(),
        ["Tensor.relu6()"] = t => t[0].relu6(),
        ["Tensor.relu6_()"] = t => t[0].relu6_(),
        ["Tensor.leaky_relu()"] = t => t[0].leaky_relu(0.2),
        ["Tensor.sigmoid()"] = t => t[0].sigmoid(),
        ["Tensor.tanh()"] = t => t[0].tanh(),
        ["Tensor.silu()"] = t => t[0].silu(),
        ["Tensor.silu_()"] = t => t[0].silu_(),
        ["Tensor.gelu()"] = t => t[0].gelu(),
        ["Tensor.hardswish()"] = t => t[0].hardswish(),
        ["Tensor.hardswish_()"] = t => t[0].hardswish_(),
        ["Tensor.hardsigmoid()"] = t => t[0].hardsigmoid(),
        ["Tensor.softplus()"] = t => t[0].softplus(),
        ["Tensor.softplus(double,double)"] = t => t[0].softplus(2, 3),
        ["Tensor.softmax()"] = t => t[0].softmax(1),
        ["Tensor.softmax() first dimension, float64"] = t => t[0].softmax(0, float64),
        ["Tensor.log_softmax()"] = t => t[0].log_softmax(-1),
        ["Tensor.log_softmax() float64"] = t => t[0].log_softmax(0, float64),
    };
}
