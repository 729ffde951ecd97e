using Ensemble.Classification;
using Ensemble.Export;
using Ensemble.Export.Onnx;
using Ensemble.Models;
using Ensemble.Models.Lowering;
using Ensemble.Runs;
using Ensemble.Tests.Data;
using Ensemble.Tests.Export;
using Mutation = Ensemble.Tests.Storage.Mutation;

namespace Ensemble.Tests.Classification;

/// <summary>Damaged model files: a fault that names the file, never a crash and never an answer.</summary>
public sealed class DamagedModelTests : IDisposable
{
    private const int Mutants = 1000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_ThousandMutatedOnnxFiles_AreAllRefused()
    {
        var valid = Onnx();
        for (var seed = 0UL; seed < Mutants; seed++)
        {
            var mutant = Mutation.Apply(valid, seed);
            if (!mutant.AsSpan().SequenceEqual(valid))
            {
                Assert.Throws<DataFaultException>(() => ImageClassifier.Load(_folder.Write("mutant.onnx", mutant)));
            }
        }
    }

    [Fact]
    public void Load_ThousandMutantsWithAValidChecksum_AreRefusedOrAnswer()
    {
        // Past the checksum, as a file made on purpose would be: the parser, the graph's rules and the trial pass stand alone.
        var sealedBytes = Onnx();
        var body = sealedBytes[..^(OnnxFile.Seal([]).Length)];
        var refused = 0;
        for (var seed = 0UL; seed < Mutants; seed++)
        {
            var path = _folder.Write("mutant.onnx", OnnxFile.Seal(Mutation.Apply(body, seed)));
            try
            {
                using var classifier = ImageClassifier.Load(path);
                Assert.NotEmpty(classifier.ClassNames);
            }
            catch (DataFaultException fault)
            {
                Assert.Equal(path, fault.Path);
                refused++;
            }
        }

        Assert.InRange(refused, Mutants / 4, Mutants);
    }

    [Fact]
    public void Load_ThousandMutatedSafetensors_AreAllRefused()
    {
        using var bench = new ExportBench("mlp-30-30 at 3x32x32", 1);
        var path = Path.Combine(bench.ModelPath, ModelFile.WeightsName);
        var valid = File.ReadAllBytes(path);
        for (var seed = 0UL; seed < Mutants; seed++)
        {
            var mutant = Mutation.Apply(valid, seed);
            if (!mutant.AsSpan().SequenceEqual(valid))
            {
                File.WriteAllBytes(path, mutant);
                Assert.Throws<DataFaultException>(() => ImageClassifier.Load(bench.ModelPath));
            }
        }
    }

    // Few weights, so that most of the file is structure.
    private byte[] Onnx()
    {
        using var network = ModelRegistry.CreateDefault().Create("resnet8x0.125", new(1, 8, 8), 4, seed: 1);
        var graph = BatchNormFolding.Apply(GraphBuilder.Build(network, 1, 8, 8));
        graph = PixelInput.Finish(PixelInput.Prepend(graph, InputPixels.UInt8, [0.5], [0.25]), isSoftmax: true);
        var path = Path.Combine(_folder.FullPath, "valid.onnx");
        OnnxFile.Write(path, graph, [new("ensemble.classes", """["a","b","c","d"]"""), new("ensemble.output", "probabilities")]);
        using var classifier = ImageClassifier.Load(path);
        return File.ReadAllBytes(path);
    }
}
