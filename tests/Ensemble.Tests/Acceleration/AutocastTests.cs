using Ensemble.Acceleration;
using Ensemble.Tests.Oracle;
using static TorchSharp.torch;

namespace Ensemble.Tests.Acceleration;

[Collection(TensorTests.Name)]
public sealed class AutocastTests
{
    [Fact]
    public void Enter_Bfloat16_HoldsUntilDisposed()
    {
        RequireSupport();

        Assert.Equal(ScalarType.Float32, ConvolutionType());
        using (Autocast.Enter(Precision.Bf16, CPU))
        {
            Assert.Equal(ScalarType.BFloat16, ConvolutionType());
        }

        Assert.Equal(ScalarType.Float32, ConvolutionType());
    }

    [Fact]
    public void Enter_Nested_RestoresEachLevel()
    {
        RequireSupport();
        using (Autocast.Enter(Precision.Bf16, CPU))
        {
            using (Autocast.Enter(Precision.Fp32, CPU))
            {
                Assert.Equal(ScalarType.Float32, ConvolutionType());
                using (Autocast.Enter(Precision.Bf16, CPU))
                {
                    Assert.Equal(ScalarType.BFloat16, ConvolutionType());
                }

                Assert.Equal(ScalarType.Float32, ConvolutionType());
            }

            Assert.Equal(ScalarType.BFloat16, ConvolutionType());
        }

        Assert.Equal(ScalarType.Float32, ConvolutionType());
    }

    [Fact]
    public void Enter_ExceptionInside_RestoresAllTheSame()
    {
        Assert.ThrowsAny<Exception>(() =>
        {
            using var precision = Autocast.Enter(Precision.Bf16, CPU);
            using var scope = NewDisposeScope();
            ones([2, 3]).matmul(ones([4, 5]));
        });

        Assert.Equal(ScalarType.Float32, ConvolutionType());
    }

    [Fact]
    public void Dispose_Twice_LeavesOnce()
    {
        RequireSupport();
        using var outer = Autocast.Enter(Precision.Bf16, CPU);
        var inner = Autocast.Enter(Precision.Fp32, CPU);

        inner.Dispose();
        inner.Dispose();

        Assert.Equal(ScalarType.BFloat16, ConvolutionType());
    }

    [Fact]
    public void Enter_Bfloat16_SeesWeightsThatChangedSinceTheLastTime()
    {
        // Cast weights are cached while autocast is entered: a cache that outlived it would answer with the old ones.
        using var scope = NewDisposeScope();
        var weight = ones([1, 1, 1, 1], requires_grad: true);
        float Answer()
        {
            using var precision = Autocast.Enter(Precision.Bf16, CPU);
            return nn.functional.conv2d(ones([1, 1, 1, 1]), weight).to(ScalarType.Float32).item<float>();
        }

        Assert.Equal(1, Answer());
        using (no_grad())
        {
            weight.fill_(3);
        }

        Assert.Equal(3, Answer());
    }

    [Fact]
    public void Enter_Bfloat16_GradientsAreFloat32()
    {
        using var scope = NewDisposeScope();
        var weight = ones([2, 1, 3, 3], requires_grad: true);
        Tensor output;
        using (Autocast.Enter(Precision.Bf16, CPU))
        {
            output = nn.functional.conv2d(ones([1, 1, 4, 4]), weight);
        }

        output.to(ScalarType.Float32).sum().backward();

        Assert.Equal(ScalarType.Float32, weight.grad!.dtype);
        Assert.All(PyTorchFixture.Values(weight.grad), value => Assert.Equal(4, value));
    }

    [Fact]
    public void Enter_Auto_Throws() => Assert.Throws<ArgumentException>(() => Autocast.Enter(Precision.Auto, CPU));

    [Fact]
    public void Resolve_Requests_ComeDownToWhatTheMachineHas()
    {
        RequireSupport();
        Assert.Equal(Precision.Fp32, Autocast.Resolve(Precision.Auto, CPU, hasBfloat16: false));
        Assert.Equal(Precision.Bf16, Autocast.Resolve(Precision.Auto, CPU, hasBfloat16: true));
        Assert.Equal(Precision.Bf16, Autocast.Resolve(Precision.Auto, CUDA, hasBfloat16: false));
        Assert.Equal(Precision.Fp32, Autocast.Resolve(Precision.Fp32, CUDA, hasBfloat16: true));
        Assert.Equal(Precision.Bf16, Autocast.Resolve(Precision.Bf16, CPU, hasBfloat16: false));
    }

    private static void RequireSupport() => Assert.SkipUnless(Autocast.IsSupported, "the nuget stack has no autocast");

    private static ScalarType ConvolutionType()
    {
        using var scope = NewDisposeScope();
        return nn.functional.conv2d(ones([1, 1, 4, 4]), ones([1, 1, 3, 3])).dtype;
    }
}
