using Ensemble.Data;
using Ensemble.Export;
using Ensemble.Export.Onnx;
using Ensemble.Export.Runtime;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Tests.Data;
using Ensemble.Tests.Models;
using Ensemble.Tests.Runs;

namespace Ensemble.Tests.Export;

/// <summary>A network with the formula's weights in a model's folder, with images that the formula makes too.</summary>
internal sealed class ExportBench : IDisposable
{
    private const int TrainCount = 64;

    private readonly TemporaryFolder _folder = new();
    private readonly NetworkFixture _fixture;

    public ExportBench(string key, int testCount)
    {
        _fixture = NetworkFixture.All[key];
        using (var network = _fixture.CreateNetwork())
        {
            ModelFile.Write(ModelPath, Record(), StateTensors.Export(network));
        }

        Source = new ExportSource
        {
            Name = "student",
            Folder = ModelPath,
            Splits = new DatasetSplits("formula", Images("train", TrainCount), Images("test", testCount)),
            Teachers = [new string('a', 64)],
        };
    }

    /// <summary>One small architecture of every family, and of the two whose blocks differ.</summary>
    public static TheoryData<string> Families =>
    [
        "resnet8 at 3x32x32", "wrn_16_1 at 3x32x32", "vgg8 at 3x32x32", "mobilenetv2 at 3x32x32", "shufflev1 at 3x32x32", "shufflev2 at 3x32x32",
        "airbenchx0.25 at 3x32x32", "cnn-16-32-64 at 3x32x32", "mlp-300-300 at 3x32x32", "resnet18 at 3x64x64", "resnet8 at 1x28x28",
    ];

    public ExportSource Source { get; }

    public string ModelPath => Path.Combine(_folder.FullPath, "model");

    public string At(string name) => Path.Combine(_folder.FullPath, name);

    /// <summary>The runtime of this machine; skips the test where there is none yet: no test fetches one.</summary>
    public static IOnnxRuntime RequireRuntime()
    {
        var runtime = new OnnxRuntimes { MayFetch = false }.Find(_ => { }, out var reason);
        Assert.SkipWhen(runtime is null, $"needs ONNX Runtime: {reason} (./ensemble export fetches it)");
        return runtime!;
    }

    /// <summary>The exported file, unchecked.</summary>
    public string Write(ExportOptions options)
    {
        var path = At($"{options.Precision}.onnx");
        using var classifier = TrainedClassifier.Load(ModelPath, ModelRegistry.CreateDefault());
        OnnxFile.Write(path, GraphAssembly.Assemble(classifier, Source.Splits.Train, options), OnnxMetadata.Describe(Source, classifier.Record, options));
        return path;
    }

    /// <summary>What a runtime makes of a file of byte pixels, on the test images.</summary>
    public float[] Run(IOnnxRuntime runtime, string path) => runtime.Run(new RuntimeRequest
    {
        Model = path,
        Dtype = Ensemble.Storage.SafetensorsDtype.U8,
        Shape = [Source.Splits.Test.Count, _fixture.Shape.Channels, _fixture.Shape.Height, _fixture.Shape.Width],
        Pixels = Source.Splits.Test.Pixels,
        Threads = 1,
        LatencyBatches = [1],
    }).Values;

    public void Dispose() => _folder.Dispose();

    private ImageDataset Images(string name, int count)
    {
        var pixels = Array.ConvertAll(FormulaWeights.Uniform(name, (long)count * _fixture.Shape.ValueCount, 128, 127), value => (byte)value);
        var labels = Enumerable.Range(0, count).Select(index => index % _fixture.Classes).ToArray();
        return new ImageDataset(_fixture.Shape, pixels, labels, TestImages.Names(_fixture.Classes), "formula");
    }

    private ModelRecord Record() => Samples.Model with
    {
        Architecture = _fixture.Architecture,
        ClassNames = TestImages.Names(_fixture.Classes),
        InputShape = new ModelInputShape { Channels = _fixture.Shape.Channels, Height = _fixture.Shape.Height, Width = _fixture.Shape.Width },
        Mean = [.. Enumerable.Range(0, _fixture.Shape.Channels).Select(channel => 0.45 + (0.02 * channel))],
        Std = [.. Enumerable.Range(0, _fixture.Shape.Channels).Select(channel => 0.25 + (0.03 * channel))],
    };
}
