using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Tests.Runs;
using Ensemble.Tests.Storage;
using TorchSharp;

namespace Ensemble.Tests.Models;

/// <summary>What we write, PyTorch reads: every architecture of the model table, through load_safetensors.py.</summary>
public sealed class SafetensorsInPyTorchTests
{
    [Fact]
    public void LoadSafetensors_StudentOfEveryArchitecture_GivesTheSameLogits()
    {
        Assert.SkipUnless(PyTorchReader.IsAvailable(), "needs /usr/bin/python3 with torch and numpy");
        using var reader = new PyTorchReader();

        var answers = NetworkFixture.All.Values.DistinctBy(fixture => fixture.Architecture)
            .Select(fixture => Answer(reader, fixture, Record(fixture))).ToArray();

        Assert.DoesNotContain(answers, answer => !answer.StartsWith("ok ", StringComparison.Ordinal));
        Assert.Equal(0, reader.Finish());
    }

    [Fact]
    public void LoadSafetensors_WeightsOfAnotherArchitectureOrOtherLogits_SaysSo()
    {
        Assert.SkipUnless(PyTorchReader.IsAvailable(), "needs /usr/bin/python3 with torch and numpy");
        using var reader = new PyTorchReader();
        var fixture = NetworkFixture.All["wrn_16_1 at 3x32x32"];

        var foreign = Answer(reader, fixture, Record(fixture) with { Architecture = "wrn_16_2" });
        var shifted = Answer(reader, fixture, Record(fixture), logitShift: 1e-3f);

        Assert.Contains("FAIL", foreign, StringComparison.Ordinal);
        Assert.Contains("FAIL wrn_16_1", shifted, StringComparison.Ordinal);
        Assert.Equal(1, reader.Finish());
    }

    // One network at a time on the disk: the largest has 150 MB.
    private static string Answer(PyTorchReader reader, NetworkFixture fixture, ModelRecord record, float logitShift = 0)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        using var folder = new TemporaryFolder();
        using var network = fixture.CreateNetwork();
        var images = FormulaWeights.Images(2, fixture.Input);
        var logits = network.call(images) + logitShift;

        ModelFile.Write(folder.FullPath, record, StateTensors.Export(network));
        SafetensorsFile.Write(folder.At("probe.safetensors"), [ToRecord("images", images), ToRecord("logits", logits)]);
        return reader.Read(folder.FullPath);
    }

    private static ModelRecord Record(NetworkFixture fixture) => Samples.Model with
    {
        Architecture = fixture.Architecture,
        ClassNames = [.. Enumerable.Range(0, fixture.Classes).Select(index => $"class {index}")],
        InputShape = new ModelInputShape { Channels = fixture.Shape.Channels, Height = fixture.Shape.Height, Width = fixture.Shape.Width },
        Mean = [.. Enumerable.Repeat(0.5, fixture.Shape.Channels)],
        Std = [.. Enumerable.Repeat(0.25, fixture.Shape.Channels)],
    };

    private static TensorRecord ToRecord(string name, torch.Tensor tensor) =>
        new(name, SafetensorsDtype.F32, tensor.shape, tensor.contiguous().bytes.ToArray());
}
