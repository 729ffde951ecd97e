using System.Text.Json;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Oracle;

/// <summary>One value of a fixture: a tensor (shape, dtype, values in row-major order), or a plain JSON value.</summary>
internal sealed record FixtureTensor
{
    public long[]? Shape { get; init; }

    public ScalarType Dtype { get; init; }

    public double[] Values { get; init; } = [];

    /// <summary>What PyTorch gave where it gave no tensor.</summary>
    public JsonElement? Value { get; init; }

    public Tensor ToTensor(bool requiresGrad = false)
    {
        var values = Dtype switch
        {
            ScalarType.Int64 => tensor(Array.ConvertAll(Values, value => (long)value), Shape),
            _ => tensor(Values, Shape),
        };
        return values.to(Dtype, disposeAfter: true).requires_grad_(requiresGrad);
    }

    /// <summary>Fails unless <paramref name="actual"/> is this value: exactly for whole numbers, closely for real ones.</summary>
    public void AssertEqual(object actual, string what)
    {
        if (Shape is null)
        {
            Assert.Equal(Value?.GetRawText(), JsonSerializer.Serialize(actual), ignoreAllWhiteSpace: true);
            return;
        }

        var given = Assert.IsAssignableFrom<Tensor>(actual);
        Assert.True(given.dtype == Dtype, $"{what}: dtype {given.dtype}, PyTorch's {Dtype}");
        Assert.True(given.shape.SequenceEqual(Shape), $"{what}: shape [{string.Join(", ", given.shape)}], PyTorch's [{string.Join(", ", Shape)}]");
        using var host = given.detach().to(ScalarType.Float64, copy: true, disposeAfter: true);
        var values = host.data<double>().ToArray();
        var (relative, absolute) = Tolerance(Dtype);
        for (var k = 0; k < values.Length; k++)
        {
            if (!Close(values[k], Values[k], relative, absolute))
                Assert.Fail($"{what}[{k}]: {values[k]:R}, PyTorch's {Values[k]:R}; all: {string.Join(", ", values)}; PyTorch's: {string.Join(", ", Values)}");
        }
    }

    private static bool Close(double actual, double expected, double relative, double absolute) =>
        actual.Equals(expected) || Math.Abs(actual - expected) <= absolute + (relative * Math.Abs(expected));

    private static (double Relative, double Absolute) Tolerance(ScalarType dtype) => dtype switch
    {
        ScalarType.Float32 => (1e-5, 1e-6),
        ScalarType.Float64 => (1e-7, 1e-9),
        ScalarType.Float16 => (1e-3, 1e-4),
        ScalarType.BFloat16 => (1e-2, 1e-3),
        _ => (0, 0),
    };
}
