using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Evaluation;

[Collection(TensorTests.Name)]
public sealed class LatencyMeterTests
{
    [Fact]
    public void MedianMilliseconds_AnyNetwork_IsPositiveAndChangesNothing()
    {
        var shape = new ImageShape(1, 8, 8);
        using var network = ModelRegistry.CreateDefault().Create("resnet8x0.25", shape, 3, 1);
        network.train();
        var state = StateTensors.Export(network).Select(record => record.Data.ToArray()).ToArray();
        var before = LiveTensors.Count();

        var milliseconds = LatencyMeter.MedianMilliseconds(network, shape, 4, torch.CPU);

        Assert.InRange(milliseconds, 1e-6, 60_000);
        Assert.True(network.training);
        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal(state, StateTensors.Export(network).Select(record => record.Data.ToArray()));
    }
}
