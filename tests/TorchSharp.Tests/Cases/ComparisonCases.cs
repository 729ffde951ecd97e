using static TorchSharp.torch;

namespace TorchSharp.Tests.Cases;

internal static class ComparisonCases
{
    public static Dictionary<string, Func<Tensor[], object>> All { get; } = new()
    {
        ["Tensor.eq(Tensor)"] = t => t[0].eq(t[1]),
        ["Tensor.eq(Scalar)"] = t => t[0].eq(1),
        ["Tensor.equal()"] = t => t[0].equal(t[1]),
        ["Tensor.ne(Tensor)"] = t => t[0].ne(t[1]),
        ["Tensor.ne(Scalar)"] = t => t[0].ne(1),
        ["Tensor.lt(Tensor)"] = t => t[0].lt(t[1]),
        ["Tensor.lt(Scalar)"] = t => t[0].lt(1),
        ["Tensor.le(Tensor)"] = t => t[0].le(t[1]),
        ["Tensor.le(Scalar)"] = t => t[0].le(1),
        ["Tensor.gt(Tensor)"] = t => t[0].gt(t[1]),
        ["Tensor.gt(Scalar)"] = t => t[0].gt(1),
        ["Tensor.ge(Tensor)"] = t => t[0].ge(t[1]),
        ["Tensor.ge(Scalar)"] = t => t[0].ge(1),
        ["Tensor.logical_and()"] = t => t[0].logical_and(t[1]),
        ["Tensor.logical_or()"] = t => t[0].logical_or(t[1]),
        ["Tensor.logical_not()"] = t => t[0].logical_not(),
        ["Tensor.isfinite()"] = t => t[0].isfinite(),
        ["Tensor.isnan()"] = t => t[0].isnan(),
        ["Tensor.all()"] = t => t[0].all(),
        ["Tensor.all(long)"] = t => t[0].all(1),
        ["Tensor.all(long) keepdim"] = t => t[0].all(0, true),
        ["Tensor.any()"] = t => t[0].any(),
        ["Tensor.any(long)"] = t => t[0].any(1),
        ["Tensor.any(long) keepdim"] = t => t[0].any(0, true),
        ["Tensor.allclose()"] = t => t[0].allclose(t[0] + 1e-6),
        ["Tensor.allclose() tolerances"] = t => t[0].allclose(t[0] + 0.1, 0, 0.01),
        ["Tensor.allclose() equal_nan"] = t => t[0].allclose(t[0], equal_nan: true),
        ["Tensor.allclose() nan"] = t => t[0].allclose(t[0]),
    };
}
