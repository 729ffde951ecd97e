using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Values between .NET and a tensor, and what a tensor says of itself.</summary>
public sealed class TensorDataTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Data_OfAnotherType_NamesBoth()
    {
        var x = zeros(3);

        Assert.Contains("Float32, not Double", Assert.Throws<ArgumentException>(x.data<double>).Message, StringComparison.Ordinal);
        Assert.Contains("Float32, not Int64", Assert.Throws<ArgumentException>(() => zeros(1).item<long>()).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => x.data<decimal>());
    }

    [Fact]
    public void Data_EachType_RoundTrips()
    {
        Assert.Equal([1.5f, -2], tensor([1.5f, -2]).data<float>().ToArray());
        Assert.Equal([1.5, -2], tensor([1.5, -2]).data<double>().ToArray());
        Assert.Equal([1, -2], tensor([1, -2]).data<int>().ToArray());
        Assert.Equal([1L, -2], tensor([1L, -2]).data<long>().ToArray());
        Assert.Equal([1, 255], tensor(new byte[] { 1, 255 }).data<byte>().ToArray());
        Assert.Equal([true, false], tensor([true, false]).data<bool>().ToArray());
        Assert.Equal([(Half)1.5, (Half)(-2)], tensor([1.5f, -2], float16).data<Half>().ToArray());
        Assert.Equal([(sbyte)-3], tensor([-3], int8).data<sbyte>().ToArray());
    }

    [Fact]
    public void Data_OfATensorWithGaps_IsInRowMajorOrder()
    {
        var accessor = arange(6).reshape(2, 3).t().data<long>();

        Assert.Equal(6, accessor.Count);
        Assert.Equal([0L, 3, 1, 4, 2, 5], accessor.ToArray());
        Assert.Equal([0L, 3, 1, 4, 2, 5], accessor.ToList());
        var part = new long[4];
        accessor.CopyTo(part, 1, 3);
        Assert.Equal([0L, 4, 2, 5], part);
    }

    [Fact]
    public void Accessor_CopyFrom_WritesIntoTheTensor()
    {
        var x = zeros(5);

        x.data<float>().CopyFrom(new float[] { 9, 1, 2 }, 1, 2);

        Assert.Equal([0f, 0, 1, 2, 0], x.data<float>().ToArray());
        Assert.Contains("contiguous", Assert.Throws<InvalidOperationException>(() => zeros(2, 3).t().data<float>().CopyFrom(new float[6])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_OfATensor_AreItsMemory()
    {
        var x = tensor([1, 256]);

        x.bytes[4] = 7;
        Assert.Equal([1, 263], x.data<int>().ToArray());
        x.bytes = new byte[] { 2, 0, 0, 0, 3, 0, 0, 0 };
        Assert.Equal([2, 3], x.data<int>().ToArray());

        Assert.Contains("4 bytes given for a tensor of 8", Assert.Throws<ArgumentException>(() => x.bytes = new byte[4]).Message, StringComparison.Ordinal);
        Assert.Contains("contiguous", Assert.Throws<InvalidOperationException>(() => zeros(2, 3).t().bytes.Length).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Item_OfSeveralElements_IsRefusedWithTheirNumber() =>
        Assert.Contains("this one has 3", Assert.Throws<ArgumentException>(() => zeros(3).item<float>()).Message, StringComparison.Ordinal);

    [Fact]
    public void Item_EachType_IsTheValue()
    {
        Assert.Equal(1.5f, tensor(1.5f, requires_grad: true).item<float>());
        Assert.Equal(0.1, tensor(0.1).item<double>());
        Assert.Equal(-7, full([1, 1], -7, int32).item<int>());
        Assert.Equal(1L << 40, tensor(1L << 40).item<long>());
        Assert.True(tensor(true).item<bool>());
        Assert.Equal(200, tensor(200L).@byte().item<byte>());
    }

    [Fact]
    public void ToScalar_EachType_KeepsKindAndValue()
    {
        Assert.Equal((ScalarType.Bool, true), (tensor(true).ToScalar().Type, tensor(true).ToScalar().ToBoolean()));
        Assert.Equal((ScalarType.Int64, 1L << 40), (tensor(1L << 40).ToScalar().Type, tensor(1L << 40).ToScalar().ToInt64()));
        Assert.Equal(-3, tensor([-3]).ToScalar().ToInt32());
        Assert.Equal(250, tensor(new byte[] { 250 }).ToScalar().ToInt32());
        Assert.Equal((ScalarType.Float64, 0.1), (tensor(0.1).ToScalar().Type, tensor(0.1).ToScalar().ToDouble()));
        Assert.Equal(1.5f, tensor(1.5f).ToScalar().ToSingle());
        Assert.Throws<NotSupportedException>(() => tensor(1f).half().ToScalar());
        Assert.Throws<OverflowException>(() => tensor(1L << 40).ToScalar().ToInt32());
    }

    [Fact]
    public void Tensor_WithoutElements_HasShapeAndEmptyData()
    {
        var x = zeros([0, 3]);

        Assert.Equal([0, 3], x.shape);
        Assert.Equal(0, x.numel());
        Assert.Empty(x.data<float>().ToArray());
        Assert.Equal(0, x.bytes.Length);
        Assert.Equal(0f, x.sum().item<float>());
        Assert.Equal([2, 3], cat([x, ones(2, 3)]).shape);
        Assert.Empty(tensor(Array.Empty<float>()).data<float>().ToArray());
        Assert.Equal([0, 4], x.matmul(ones(3, 4)).shape);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => x.max());
    }

    [Fact]
    public void Tensor_OfNoDimensions_IsOneNumber()
    {
        var x = tensor(2f);

        Assert.Empty(x.shape);
        Assert.Empty(x.stride());
        Assert.Equal((0, 1), (x.dim(), x.numel()));
        Assert.Equal([2f], x.data<float>().ToArray());
        Assert.Equal([3, 2f], stack([x + 1, x]).data<float>().ToArray());
    }

    [Fact]
    public void Tensor_ShapeThatTheValuesDoNotFill_SaysBoth() =>
        Assert.Contains("3 values do not fill a tensor of shape [2, 2]", Assert.Throws<ArgumentException>(() => tensor(new float[3], [2, 2])).Message, StringComparison.Ordinal);

    [Fact]
    public void Zeros_WithNames_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => zeros([2], names: ["N"]));

    [Fact]
    public void Properties_OfATensorOnTheCpu_SaySo()
    {
        var x = ones(2, 3);

        Assert.Equal(DeviceType.CPU, x.device_type);
        Assert.Equal("cpu", x.device.ToString());
        Assert.Equal((true, false), (x.is_cpu(), x.is_cuda));
        Assert.Equal("[2x3], type = Float32, device = cpu", x.ToString());
        Assert.False(x.is_integral());
        Assert.True(x.@long().is_integral() && x.@bool().is_integral());
    }

    [Fact]
    public void To_DisposeAfter_FreesTheSource()
    {
        var x = ones(2);
        var converted = x.to(float64, disposeAfter: true);
        Assert.True(x.IsInvalid);

        var same = converted.to(float64, disposeAfter: true);

        Assert.True(converted.IsInvalid);
        Assert.Equal([1.0, 1], same.data<double>().ToArray());
    }
}
