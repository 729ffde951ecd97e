using Ensemble.Classification;
using Ensemble.Data.Images;
using Ensemble.Export;
using Ensemble.Export.Runtime;
using Ensemble.Models;
using Ensemble.Storage;
using Ensemble.Tests.Data;
using Ensemble.Tests.Data.Images;
using Ensemble.Tests.Export;
using SixLabors.ImageSharp.PixelFormats;
using TorchSharp;

namespace Ensemble.Tests.Classification;

public sealed class ImageClassifierTests : IDisposable
{
    private readonly ExportBench _bench = new("resnet8 at 3x32x32", 8);
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _bench.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Classify_ThreeLinesOfTheReadme_RankEveryClass()
    {
        var png = Picture("cat.png", 0);

        var answer = ReadmeSnippet.Classify(_bench.ModelPath, png, out var text);

        Assert.Equal(10, answer.Ranked.Count);
        Assert.Equal(1, answer.Ranked.Sum(rank => rank.Probability), 1e-5);
        Assert.Equal(answer.Ranked.Max(rank => rank.Probability), answer.Probability);
        Assert.Equal($"{answer.ClassName} {answer.Probability:P1}", text);
    }

    [Fact]
    public void Classify_AnyImage_IsWhatTheNetworkSaysOfItsPixels()
    {
        var png = Picture("cat.png", 3);
        using var classifier = ImageClassifier.Load(_bench.ModelPath);
        using var trained = TrainedClassifier.Load(_bench.ModelPath, ModelRegistry.CreateDefault());
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        // By hand: the picture is as large as the network's images, so that nothing is resized.
        var pixels = new byte[3 * 32 * 32];
        Assert.Null(ImageFileDecoder.Decode(png, 32, 32, new byte[pixels.Length], pixels, out _));
        var images = torch.tensor(pixels, [1, 3, 32, 32]).to(torch.ScalarType.Float32).div(255);
        var mean = torch.tensor(trained.Record.Mean.ToArray(), torch.ScalarType.Float32).view(3, 1, 1);
        var deviation = torch.tensor(trained.Record.Std.ToArray(), torch.ScalarType.Float32).view(3, 1, 1);
        var expected = trained.Network.call(images.sub(mean).div(deviation)).softmax(1).data<float>().ToArray();

        var answer = classifier.Classify(png);

        Assert.Equal(expected.Max(), answer.Probability, 1e-5);
        Assert.Equal($"class {expected.IndexOf(expected.Max())}", answer.ClassName);
    }

    [Theory]
    [InlineData(ExportPrecision.Fp32, InputPixels.UInt8, false, 1e-5)]
    [InlineData(ExportPrecision.Fp32, InputPixels.Float, true, 1e-5)]
    [InlineData(ExportPrecision.Fp16, InputPixels.UInt8, true, 1e-2)]
    [InlineData(ExportPrecision.Int8, InputPixels.UInt8, false, 0.15)]
    public void Classify_OnnxFile_AnswersAsTheModelItIsOf(ExportPrecision precision, InputPixels input, bool hasSoftmax, double tolerance)
    {
        var png = Picture("cat.png", 1);
        var onnx = _bench.Write(new ExportOptions { Precision = precision, Input = input, HasSoftmax = hasSoftmax });
        using var trained = ImageClassifier.Load(_bench.ModelPath);
        using var exported = ImageClassifier.Load(onnx);

        Assert.Equal(Probabilities(trained.Classify(png)), Probabilities(exported.Classify(png)), (left, right) => Math.Abs(left - right) <= tolerance);
    }

    [Fact]
    public void Classify_SamePngThroughOnnxRuntime_IsTheSameAnswer()
    {
        var runtime = ExportBench.RequireRuntime();
        var png = _folder.Write("wide.png", ImageFiles.Png(50, 40, (x, y) => new Rgb24((byte)(5 * x), (byte)(6 * y), (byte)(x * y))));
        using var classifier = ImageClassifier.Load(_bench.ModelPath);
        var pixels = PixelBatch.Read([png], classifier.Shape).Pixels;

        var values = runtime.Run(new RuntimeRequest
        {
            Model = _bench.Write(new ExportOptions { HasSoftmax = true }),
            Dtype = SafetensorsDtype.U8,
            Shape = [1, 3, 32, 32],
            Pixels = pixels,
            Threads = 1,
        }).Values;

        Assert.Equal(values.Select(value => (double)value), Probabilities(classifier.Classify(png)), (left, right) => Math.Abs(left - right) < 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    public void ClassifyMany_BrokenFilesBetweenOthers_AreToldAndTheRestGoOn(int batchSize)
    {
        string[] paths = [Picture("a.png", 0), _folder.Write("b.png", [1, 2, 3]), Picture("c.png", 2), Path.Combine(_folder.FullPath, "none.png"), Picture("e.png", 4)];
        using var classifier = ImageClassifier.Load(_bench.ModelPath);

        var answers = classifier.ClassifyMany(paths, batchSize).ToArray();

        Assert.Equal(paths, answers.Select(answer => answer.Path));
        Assert.Equal([true, false, true, false, true], answers.Select(answer => answer.Fault is null));
        Assert.All(answers.Where(answer => answer.Answer is not null), answer => Assert.Equal(Probabilities(classifier.Classify(answer.Path)), Probabilities(answer.Answer!), (left, right) => Math.Abs(left - right) < 1e-5));
        Assert.Throws<DataFaultException>(() => classifier.Classify(paths[1]));
    }

    [Fact]
    public void Load_GrayModel_TakesGrayAndWeighedColours()
    {
        using var bench = new ExportBench("resnet8 at 1x28x28", 4);
        var gray = _folder.Write("gray.png", ImageFiles.GrayPng(28, 28, 77));
        var colour = _folder.Write("colour.png", ImageFiles.Png(28, 28, 10, 200, 30));

        // 0.299 * 10 + 0.587 * 200 + 0.114 * 30 = 123.81
        Assert.All(PixelBatch.Read([gray], new(1, 28, 28)).Pixels, pixel => Assert.Equal(77, pixel));
        Assert.All(PixelBatch.Read([colour], new(1, 28, 28)).Pixels, pixel => Assert.Equal(124, pixel));
        using var classifier = ImageClassifier.Load(bench.ModelPath);
        Assert.Equal(10, classifier.Classify(gray).Ranked.Count);
    }

    [Fact]
    public void Load_PathWithoutAModel_SaysWhatWouldBeOne()
    {
        foreach (var path in new[] { _folder.FullPath, Path.Combine(_folder.FullPath, "none"), _folder.Write("text.txt", [65]) })
        {
            Assert.Contains("a run's folder", Assert.Throws<DataFaultException>(() => ImageClassifier.Load(path)).Expected, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Find_FolderOfImages_ListsThemInOrderAndRefusesAnEmptyOne()
    {
        Picture(Path.Combine("photos", "b.png"), 0);
        Picture(Path.Combine("photos", "a", "z.JPG"), 0);
        _folder.Write(Path.Combine("photos", "notes.txt"), [65]);
        Directory.CreateDirectory(Path.Combine(_folder.FullPath, "empty"));

        var found = ImageSearch.Find(Path.Combine(_folder.FullPath, "photos"));

        Assert.Equal(["z.JPG", "b.png"], found.Select(Path.GetFileName));
        Assert.Throws<DataFaultException>(() => ImageSearch.Find(Path.Combine(_folder.FullPath, "empty")));
    }

    private string Picture(string name, int kind) =>
        _folder.Write(name, ImageFiles.Png(32, 32, (x, y) => new Rgb24((byte)((8 * x) + kind), (byte)(8 * y), (byte)(x * y * (kind + 1)))));

    private static double[] Probabilities(ImageAnswer answer) =>
        [.. answer.Ranked.OrderBy(rank => rank.ClassName, StringComparer.Ordinal).Select(rank => rank.Probability)];
}
