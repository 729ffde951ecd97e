using Ensemble.Data;
using Ensemble.Export;
using Ensemble.Export.Onnx;
using Ensemble.Export.Runtime;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Tests.Data;
using Ensemble.Tests.Runs;

namespace Ensemble.Tests.Export;

public sealed class ModelExporterTests : IDisposable
{
    private readonly ExportBench _bench = new("resnet8 at 1x28x28", 200);

    private string Folder => _bench.At("out");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Export_Onnx_IsCheckedByTheRuntimeAndRecorded()
    {
        var runtime = ExportBench.RequireRuntime();

        var report = Exporter(runtime).Export(_bench.Source, new ExportOptions(), Folder);

        var parity = ParityRecord.Read(Path.Combine(Folder, ParityRecord.FileName));
        Assert.Equal(["model.onnx", "parity.json"], report.Files);
        Assert.Equal((ParityOutcome.Passed, 200, 1.0), (parity.Outcome, parity.Images, parity.Agreement));
        Assert.InRange(parity.LargestDifference!.Value, 0, parity.AllowedDifference!.Value);
        Assert.Equal(parity.OriginalAccuracy, parity.ExportedAccuracy);
        Assert.Equal(new FileInfo(Path.Combine(Folder, "model.onnx")).Length, parity.ExportedBytes);
        Assert.Equal(["model.onnx", "parity.json"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(InputPixels.Float, true, ExportPrecision.Fp32)]
    [InlineData(InputPixels.Float, false, ExportPrecision.Int8)]
    [InlineData(InputPixels.UInt8, true, ExportPrecision.Int8)]
    public void Export_OtherInputsAndOutputs_AgreeToo(InputPixels input, bool hasSoftmax, ExportPrecision precision)
    {
        var runtime = ExportBench.RequireRuntime();
        var options = new ExportOptions { Input = input, HasSoftmax = hasSoftmax, Precision = precision, MaximumAccuracyLoss = 5 };

        var parity = Exporter(runtime).Export(_bench.Source, options, Folder).Parity!;

        Assert.Equal(hasSoftmax ? "probabilities" : "logits", parity.Compared);
        Assert.InRange(parity.Agreement!.Value, precision == ExportPrecision.Fp32 ? 1 : 0.85, 1);
    }

    [Fact]
    public void Export_RuntimeThatAnswersOtherwise_FailsAndKeepsOnlyTheRecord()
    {
        var fault = Assert.Throws<ParityFaultException>(() => Exporter(new FakeRuntime(1e-2f)).Export(_bench.Source, new ExportOptions(), Folder));

        var parity = ParityRecord.Read(fault.Path);
        Assert.Equal(ParityOutcome.Failed, parity.Outcome);
        Assert.Contains("logits that differ", parity.Reason, StringComparison.Ordinal);
        Assert.Equal(["parity.json"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Export_Int8ThatLosesMoreThanAllowed_Fails()
    {
        // Every answer is class 0: an accuracy of one in ten.
        var fault = Assert.Throws<ParityFaultException>(() => Exporter(new FakeRuntime(float.NaN)).Export(
            _bench.Source with { Splits = Truthful() }, new ExportOptions { Precision = ExportPrecision.Int8 }, Folder));

        Assert.Contains("points of accuracy lost", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_NoRuntime_SaysSoInTheRecordAndKeepsTheFile()
    {
        var report = Exporter(null).Export(_bench.Source, new ExportOptions(), Folder);

        Assert.Equal((ParityOutcome.Unchecked, "none for a test", null), (report.Parity!.Outcome, report.Parity.Reason, report.Parity.Runtime));
        Assert.True(File.Exists(Path.Combine(Folder, "model.onnx")));
    }

    [Fact]
    public void Export_Safetensors_IsTheModelWithACard()
    {
        var source = _bench.Source with { Result = Samples.Result };

        var report = Exporter(null).Export(source, new ExportOptions { Format = ExportFormat.Safetensors }, Folder);

        var card = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.Equal(["model.safetensors", "model.json", "README.md"], report.Files);
        Assert.Null(report.Parity);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_bench.ModelPath, ModelFile.WeightsName)), File.ReadAllBytes(Path.Combine(Folder, ModelFile.WeightsName)));
        Assert.Equal(ModelFile.Read(_bench.ModelPath).WeightsSha256, ModelFile.Read(Folder).WeightsSha256);
        Assert.StartsWith("---\nlibrary_name: ensemble\n", card, StringComparison.Ordinal);
        Assert.Contains("{type: accuracy, name: top-1 accuracy, value: 0.9}", card, StringComparison.Ordinal);
        Assert.Contains($"- teacher {new string('a', 64)}", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_DataOfAnotherShape_IsAFault()
    {
        var other = TestImages.Counting(4, 10, side: 28, channels: 3);

        var fault = Assert.Throws<DataFaultException>(() => Exporter(null).Export(_bench.Source with { Splits = new DatasetSplits("other", other, other) }, new ExportOptions(), Folder));

        Assert.Contains("3x28x28", fault.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OutOfRange_NamesAll()
    {
        var fault = Assert.Throws<ArgumentException>(() => new ExportOptions { CalibrationImages = 0, MaximumAccuracyLoss = -1, ParityImages = 0 }.Validate());

        Assert.All(["CalibrationImages", "MaximumAccuracyLoss", "ParityImages"], name => Assert.Contains(name, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void File_OfANetwork_IsLittleMoreThanItsNumbers()
    {
        using var bench = new ExportBench("resnet8 at 3x32x32", 4);
        var fp32 = new FileInfo(bench.Write(new ExportOptions())).Length;
        var fp16 = new FileInfo(bench.Write(new ExportOptions { Precision = ExportPrecision.Fp16 })).Length;
        var int8 = new FileInfo(bench.Write(new ExportOptions { Precision = ExportPrecision.Int8, CalibrationImages = 4 })).Length;

        Assert.InRange((double)fp32 / fp16, 1.95, 2);
        Assert.InRange((double)fp32 / int8, 3.5, 4);
    }

    private static ModelExporter Exporter(IOnnxRuntime? runtime) =>
        new(ModelRegistry.CreateDefault()) { FindRuntime = _ => (runtime, runtime is null ? "none for a test" : null) };

    // The labels are what the network answers, so that there is accuracy to lose.
    private DatasetSplits Truthful()
    {
        using var classifier = TrainedClassifier.Load(_bench.ModelPath, ModelRegistry.CreateDefault());
        var statistics = new ChannelStatistics { Mean = classifier.Record.Mean, StandardDeviation = classifier.Record.Std };
        var test = _bench.Source.Splits.Test;
        using var images = new ResidentDataset(test, statistics, AugmentationOptions.None, TorchSharp.torch.CPU);
        var labels = Ensemble.Evaluation.Evaluator.Run(classifier.Network, images).Values.ToArray().Chunk(10).Select(row => row.IndexOf(row.Max())).ToArray();
        return new DatasetSplits("formula", _bench.Source.Splits.Train, new ImageDataset(test.Shape, test.Pixels, labels, test.ClassNames, "formula"));
    }

    /// <summary>Our own reading of the file, with every logit moved; NaN for class 0 whatever the image.</summary>
    private sealed class FakeRuntime(float shift) : IOnnxRuntime
    {
        public string Name => "a fake";

        public RuntimeAnswer Run(RuntimeRequest request)
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            using var guard = TorchSharp.torch.no_grad();
            using var module = new GraphModule(OnnxFile.Read(request.Model).Graph);
            var pixels = TorchSharp.torch.tensor(request.Pixels.ToArray(), [.. request.Shape.Select(size => (long)size)]);
            var values = module.call(pixels).contiguous().data<float>().ToArray();
            values = [.. values.Select((value, index) => float.IsNaN(shift) ? (index % 10 == 0 ? 1 : 0) : value + shift)];
            return new RuntimeAnswer(values, new Dictionary<int, double> { [1] = 1, [128] = 2 });
        }
    }
}
