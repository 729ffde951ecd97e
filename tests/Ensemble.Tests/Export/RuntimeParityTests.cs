using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Export;
using Ensemble.Export.Onnx;
using Ensemble.Models;
using Ensemble.Tests.Models;
using TorchSharp;

namespace Ensemble.Tests.Export;

/// <summary>Exported files of every family, run by ONNX Runtime and held against the network.</summary>
public sealed class RuntimeParityTests
{
    public static TheoryData<string> Families => ExportBench.Families;

    [Fact]
    public void Families_OfTheRegistry_AreAllHere()
    {
        var shown = ExportBench.Families.Select(row => NetworkFixture.All[row.Data]).ToArray();

        Assert.All(
            ModelRegistry.CreateDefault().Families,
            family => Assert.Contains(shown, fixture => Creates(family, fixture)));
    }

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Families))]
    public void Fp32_ThousandImages_AnswersAsTheNetwork(string key)
    {
        var runtime = ExportBench.RequireRuntime();
        using var bench = new ExportBench(key, 1000);

        var answers = new SplitLogits(bench.Run(runtime, bench.Write(new ExportOptions())), 10);
        var expected = Network(bench);

        var tolerance = 1e-4 * Math.Max(1, expected.Values.ToArray().Max(Math.Abs));
        Assert.InRange(Difference(expected, answers), 0, tolerance);
        Assert.Equal(1, Evaluator.Compare(expected, answers).Agreement);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Fp16_Files_AnswerNearTheNetwork(string key)
    {
        var runtime = ExportBench.RequireRuntime();
        using var bench = new ExportBench(key, 32);

        var answers = new SplitLogits(bench.Run(runtime, bench.Write(new ExportOptions { Precision = ExportPrecision.Fp16 })), 10);
        var expected = Network(bench);

        Assert.InRange(Difference(expected, answers), 1e-9, 0.02 * Math.Max(1, expected.Values.ToArray().Max(Math.Abs)));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Int8_Files_AnswerAsOurOwnReadingOfThem(string key)
    {
        // Two implementations of one graph: what the pairs mean is not left to the runtime. Sums in integers round otherwise
        // than float32 at the half, which moves a value by a step here and there.
        var runtime = ExportBench.RequireRuntime();
        using var bench = new ExportBench(key, 32);
        var path = bench.Write(new ExportOptions { Precision = ExportPrecision.Int8, Calibration = CalibrationMethod.MinMax });

        var answers = new SplitLogits(bench.Run(runtime, path), 10);
        var own = Own(path, bench.Source.Splits.Test);

        Assert.InRange(Difference(own, answers), 0, 0.1 * Spread(own));
        Assert.InRange(Difference(Network(bench), answers), 0, 0.35 * Spread(own));
    }

    private static bool Creates(IModelFamily family, NetworkFixture fixture)
    {
        using var network = family.TryCreate(fixture.Architecture, fixture.Shape, fixture.Classes);
        return network is not null;
    }

    private static SplitLogits Network(ExportBench bench)
    {
        using var classifier = TrainedClassifier.Load(bench.ModelPath, ModelRegistry.CreateDefault());
        var statistics = new ChannelStatistics { Mean = classifier.Record.Mean, StandardDeviation = classifier.Record.Std };
        using var images = new ResidentDataset(bench.Source.Splits.Test, statistics, AugmentationOptions.None, torch.CPU);
        return Evaluator.Run(classifier.Network, images);
    }

    private static SplitLogits Own(string path, ImageDataset images)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        using var module = new GraphModule(OnnxFile.Read(path).Graph);
        var pixels = torch.tensor(images.Pixels.ToArray(), [images.Count, images.Shape.Channels, images.Shape.Height, images.Shape.Width]);
        return new SplitLogits(module.call(pixels).contiguous().data<float>().ToArray(), 10);
    }

    private static double Difference(SplitLogits left, SplitLogits right) =>
        left.Values.ToArray().Zip(right.Values.ToArray(), (first, second) => Math.Abs((double)first - second)).Max();

    private static double Spread(SplitLogits logits) => logits.Values.ToArray().Max() - logits.Values.ToArray().Min();
}
