using Ensemble.Export;
using Ensemble.Export.Quantisation;
using Ensemble.Graphs;
using Ensemble.Models;
using Ensemble.Models.Lowering;
using Ensemble.Storage;
using TorchSharp;

namespace Ensemble.Tests.Export;

public sealed class QuantisationTests
{
    [Fact]
    public void ValueRange_WorkedByHand_HasTheStepsOfTheRange()
    {
        // -1 to 4 in 255 steps: 5 / 255 each; 0 is step 51.
        var range = ValueRange.Around(-1, 4);

        Assert.Equal(5f / 255, range.Scale, 1e-9f);
        Assert.Equal(51, range.ZeroPoint);
        Assert.Equal(0, range.Quantise(0));
        Assert.Equal(4, range.Quantise(99), 1e-6);
        Assert.Equal(-1, range.Quantise(-99), 1e-6);
        Assert.Equal(51 * 5.0 / 255, range.Quantise(1.004), 1e-6);
    }

    [Theory]
    [InlineData(2, 6, 0, 6)]
    [InlineData(-6, -2, -6, 0)]
    [InlineData(0, 0, 0, 0)]
    public void ValueRange_AwayFromZero_TakesZeroIn(double smallest, double largest, double low, double high)
    {
        var range = ValueRange.Around(smallest, largest);

        Assert.Equal((low, high), (range.Smallest, range.Largest));
        Assert.True(range.Scale > 0);
        Assert.Equal(0, range.Quantise(0));
    }

    [Fact]
    public void Histogram_OneOutlierAmongManyValues_IsCutByPercentileAndMseAndKeptByMinMax()
    {
        var histogram = new ValueHistogram(0, 100);
        histogram.Add([.. Enumerable.Range(0, 100_000).Select(index => index / 100_000f), 100f]);

        Assert.Equal(100, histogram.Choose(CalibrationMethod.MinMax).Largest);
        Assert.InRange(histogram.Choose(CalibrationMethod.Percentile).Largest, 0.9, 1.1);
        // 100,000 (r / 255)^2 / 12 + (100 - r)^2 is least at r = 88.6.
        Assert.InRange(histogram.Choose(CalibrationMethod.Mse).Largest, 80, 95);
    }

    [Fact]
    public void Mse_OfAnyRangeTried_HasTheLeastError()
    {
        // Against a search of its own, over the values and not over their histogram.
        float[] values = [.. Enumerable.Range(0, 20_000).Select(index => (float)Math.Pow(index / 20_000.0, 8) * 10)];
        var histogram = new ValueHistogram(0, values.Max());
        histogram.Add(values);

        var chosen = Error(values, histogram.Choose(CalibrationMethod.Mse));

        Assert.All(Enumerable.Range(25, 76), percent => Assert.InRange(chosen, 0, (1.02 * Error(values, ValueRange.Around(0, values.Max() * percent / 100))) + 1e-9));
    }

    [Fact]
    public void Apply_ResNet_PutsPairsWhereARuntimeLooksForThem()
    {
        var graph = Quantised("resnet8", out var folded);

        Assert.Equal(folded.Nodes.Count(node => node.Operator == "Conv"), graph.Nodes.Count(node => node.Operator == "Conv"));
        foreach (var node in graph.Nodes.Where(node => node.Operator is "Conv" or "Gemm" or "Add" or "GlobalAveragePool"))
        {
            Assert.All(node.Inputs, input => Assert.Equal("DequantizeLinear", graph.MakerOf(input)?.Operator));
            var behind = graph.OnlyUserOf(node.Output) is { Operator: "Relu" } relu ? relu : node;
            Assert.True(behind.Output == graph.Output.Name || graph.OnlyUserOf(behind.Output) is { Operator: "QuantizeLinear" }, node.Operator);
        }
    }

    [Fact]
    public void Apply_Convolutions_HaveSymmetricBytesPerChannelAndBiasesOfTheProductScale()
    {
        var graph = Quantised("resnet8", out var folded);
        foreach (var (node, original) in graph.Nodes.Where(node => node.Operator == "Conv").Zip(folded.Nodes.Where(node => node.Operator == "Conv")))
        {
            var makers = node.Inputs.Select(input => graph.MakerOf(input)!).ToArray();
            var (weights, bias) = (graph.Constants[makers[1].Inputs[0]], graph.Constants[makers[2].Inputs[0]]);
            var (inputScale, weightScales, biasScales) = (graph.Floats(makers[0].Inputs[1])[0], graph.Floats(makers[1].Inputs[1]), graph.Floats(makers[2].Inputs[1]));

            Assert.Equal((SafetensorsDtype.I8, SafetensorsDtype.I32), (weights.Dtype, bias.Dtype));
            Assert.Equal(weights.Shape[0], weightScales.Length);
            Assert.Equal(0, makers[1].Integer("axis", 1));
            Assert.DoesNotContain((byte)0x80, weights.Data.ToArray());
            Assert.All(weightScales.Zip(biasScales), pair => Assert.Equal(pair.First * inputScale, pair.Second, 1e-12f));
            AssertNear(folded.Floats(original.Inputs[1]), weights.Data.ToArray(), weightScales);
        }
    }

    [Fact]
    public void Tuning_CoarseRanges_BringsTheAnswersNearerToTheOriginals()
    {
        using var bench = new ExportBench("resnet8 at 1x28x28", 1);
        using var classifier = TrainedClassifier.Load(bench.ModelPath, ModelRegistry.CreateDefault());
        var statistics = new Ensemble.Data.ChannelStatistics { Mean = classifier.Record.Mean, StandardDeviation = classifier.Record.Std };
        using var train = new Ensemble.Data.ResidentDataset(bench.Source.Splits.Train, statistics, Ensemble.Data.AugmentationOptions.None, torch.CPU);
        using var batch = train.Gather([.. Enumerable.Range(0, train.Count)]);
        var graph = BatchNormFolding.Apply(GraphBuilder.Build(classifier.Network, 1, 28, 28));
        var values = QuantisedValues.Of(graph);
        // Half of each range is cut off, so that there is something to make up for.
        var ranges = Calibration.Measure(graph, values.Measured, [batch.Images.alias()], CalibrationMethod.MinMax)
            .ToDictionary(pair => pair.Key, pair => ValueRange.Around(pair.Value.Smallest / 2, pair.Value.Largest / 2));

        var tuned = QuantisationTuning.Apply(graph, values, ranges, classifier.Network, train, 30, seed: 1);
        var again = QuantisationTuning.Apply(graph, values, ranges, classifier.Network, train, 30, seed: 1);

        var before = Distance(classifier.Network, QdqQuantiser.Apply(graph, values, ranges), batch.Images);
        var after = Distance(classifier.Network, QdqQuantiser.Apply(tuned, values, ranges), batch.Images);
        Assert.InRange(after, 0, 0.6 * before);
        Assert.Equal(tuned.Constants["w0"].Data.ToArray(), again.Constants["w0"].Data.ToArray());
        Assert.NotEqual(graph.Constants["w0"].Data.ToArray(), tuned.Constants["w0"].Data.ToArray());
    }

    private static double Distance(torch.nn.Module<torch.Tensor, torch.Tensor> network, NetworkGraph graph, torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        using var module = new GraphModule(graph);
        return module.call(images).sub(network.call(images)).square().mean().item<float>();
    }

    [Fact]
    public void HalfPrecision_WeightPastItsRange_IsAFault()
    {
        using var network = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 2));
        using (torch.no_grad())
        {
            network.parameters().First().fill_(1e6);
        }

        var fault = Assert.Throws<UnsupportedPrecisionException>(() => HalfPrecision.Apply(GraphBuilder.Build(network, 1, 2, 2)));

        Assert.Contains("65504", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertNear(float[] weights, byte[] steps, float[] scales)
    {
        var perChannel = weights.Length / scales.Length;
        for (var index = 0; index < weights.Length; index++)
        {
            var scale = scales[index / perChannel];
            Assert.Equal(weights[index], (sbyte)steps[index] * scale, (0.5f * scale) + 1e-6f);
        }
    }

    private static double Error(float[] values, ValueRange range) => values.Sum(value => Math.Pow(value - range.Quantise(value), 2));

    private static NetworkGraph Quantised(string architecture, out NetworkGraph folded)
    {
        using var scope = torch.NewDisposeScope();
        using var network = ModelRegistry.CreateDefault().Create(architecture, new(3, 32, 32), 10, seed: 1);
        folded = BatchNormFolding.Apply(GraphBuilder.Build(network, 3, 32, 32));
        var values = QuantisedValues.Of(folded);
        var ranges = Calibration.Measure(folded, values.Measured, [torch.rand(4, 3, 32, 32)], CalibrationMethod.MinMax);
        return QdqQuantiser.Apply(folded, values, ranges);
    }
}
