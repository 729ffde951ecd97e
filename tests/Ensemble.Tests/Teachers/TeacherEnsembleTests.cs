using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Teachers;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using Ensemble.Tests.Training;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Teachers;

[Collection(TensorTests.Name)]
public sealed class TeacherEnsembleTests
{
    [Fact]
    public void Logits_OfMembers_AreTheirEvalAnswersInOrder()
    {
        using var first = Create(1);
        using var second = Create(2);
        first.train();
        var ensemble = new TeacherEnsemble([first, second], Precision.Fp32);
        using var data = TinySets.Resident(TestImages.Counting(3, channels: 1, side: 8));
        using var batch = data.Gather([0, 1, 2]);

        using var logits = ensemble.Logits(batch);

        using var guard = torch.no_grad();
        first.eval();
        using var alone = first.call(batch.Images);
        using var other = second.call(batch.Images);
        Assert.Equal([2L, 3, 4], logits.shape);
        Assert.Equal([.. PyTorchFixture.Values(alone), .. PyTorchFixture.Values(other)], PyTorchFixture.Values(logits));
        Assert.False(logits.requires_grad);
    }

    [Fact]
    public void Logits_CalledTwice_ChangesNoBufferAndLeavesOnlyItsResult()
    {
        using var member = Create(1);
        var ensemble = new TeacherEnsemble([member], Precision.Fp32);
        using var data = TinySets.Resident(TestImages.Counting(3, channels: 1, side: 8));
        using var batch = data.Gather([0, 1, 2]);
        var before = StateTensors.Export(member).Select(record => record.Data.ToArray()).ToArray();
        var alive = LiveTensors.Count();

        ensemble.Logits(batch).Dispose();
        ensemble.Logits(batch).Dispose();

        Assert.Equal(alive, torch.Tensor.TotalCount);
        Assert.Equal(before, StateTensors.Export(member).Select(record => record.Data.ToArray()));
        Assert.All(member.parameters(), parameter => Assert.False(parameter.requires_grad));
        Assert.All(member.modules(), module => Assert.False(module.training));
    }

    [Fact]
    public void Logits_InBfloat16_AreFloat32AndNear()
    {
        using var member = Create(1);
        using var data = TinySets.Resident(TestImages.Counting(3, channels: 1, side: 8));
        using var batch = data.Gather([0, 1, 2]);
        using var exact = new TeacherEnsemble([member], Precision.Fp32).Logits(batch);

        using var rounded = new TeacherEnsemble([member], Precision.Bf16).Logits(batch);

        Assert.Equal(torch.ScalarType.Float32, rounded.dtype);
        PyTorchFixture.Near(PyTorchFixture.Values(exact), PyTorchFixture.Values(rounded), 0.1);
    }

    [Fact]
    public void Constructor_NoMembers_Throws() => Assert.Throws<ArgumentException>(() => new TeacherEnsemble([], Precision.Fp32));

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(ulong seed) =>
        ModelRegistry.CreateDefault().Create("resnet8x0.25", new ImageShape(1, 8, 8), 4, seed);
}
