using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Models;
using Ensemble.Pipeline;
using Ensemble.Storage;
using Ensemble.Tests.Oracle;
using Ensemble.Tests.Training;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Pipeline;

[Collection(TensorTests.Name)]
public sealed class EvaluationPartsTests : IDisposable
{
    private const int Samples = 1203;

    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("evaluation-parts-").FullName, "evaluation");
    private readonly ResidentDataset _test = TinySets.Resident(TinySets.Halves(Samples));
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor>[] _networks = [Create("resnet8x0.125", 1), Create("mlp-6", 2)];

    private EvaluationParts Parts => new(_folder);

    public void Dispose()
    {
        _test.Dispose();
        Array.ForEach(_networks, network => network.Dispose());
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Join_Parts_IsOnePassBitForBit(int count)
    {
        var whole = _networks.Select(network => Evaluator.Run(network, _test).Values.ToArray()).ToArray();
        var before = LiveTensors.Count();
        foreach (var number in Enumerable.Range(1, count).Reverse())
        {
            Write(number, count);
        }

        var joined = Parts.Join(Identity());

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal(whole.Select(Bits), joined.Select(logits => Bits(logits.Values.ToArray())));
        Assert.All(joined, logits => Assert.Equal((Samples, 2), (logits.Count, logits.ClassCount)));
        Assert.True(Parts.Any);
        Parts.Delete();
        Assert.Empty(Directory.GetDirectories(_folder));
    }

    [Fact]
    public void Write_MoreShardsThanBatches_LeavesPartsWithoutImages()
    {
        Write(1, 5);

        var part = RecordJson.Read<EvaluationPart>(Path.Combine(_folder, "1-of-5", "part.json"), "", "");

        Assert.Equal(("1/5", 0), (part.Shard, part.Range.Count));
        Assert.True(Parts.IsDone(new SampleShard(1, 5), Identity()));
    }

    [Fact]
    public void Any_PartThatWasOnlyBegun_IsNone()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "1-of-2"));
        Directory.CreateDirectory(Path.Combine(_folder, "01-of-2"));

        Assert.False(Parts.Any);
        Parts.Delete();
        Assert.Equal("01-of-2", Path.GetFileName(Assert.Single(Directory.GetDirectories(_folder))));
    }

    [Fact]
    public void Join_PartMissing_NamesItThoseThatAreThereAndWhatToDo()
    {
        Write(1, 3);
        Write(3, 3);

        var fault = Assert.Throws<DataFaultException>(() => Parts.Join(Identity()));

        Assert.Equal(("all 3 parts", "no part 2-of-3 (there: 1-of-3, 3-of-3)"), (fault.Expected, fault.Found));
        Assert.Contains("do the missing parts (the stage evaluation with --shard 2/3)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_PartsOfTwoDivisions_AreRefusedByName()
    {
        Write(1, 2);
        Write(2, 2);
        Write(1, 1);

        var fault = Assert.Throws<DataFaultException>(() => Parts.Join(Identity()));

        Assert.Equal(("parts of one division", "1-of-1, 1-of-2, 2-of-2"), (fault.Expected, fault.Found));
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("test images")]
    [InlineData("precision (Bf16, not Fp32)")]
    [InlineData("device (cuda, not cpu)")]
    [InlineData("classes (3, not 2)")]
    public void Join_PartOfSomethingElse_IsRefusedByName(string difference)
    {
        Write(1, 2);
        Write(2, 2);
        Change("2-of-2", part => part with
        {
            Of = difference.Split(' ')[0] switch
            {
                "weights" => part.Of with { Weights = ["a", "c"] },
                "test" => part.Of with { Data = "other" },
                "precision" => part.Of with { Precision = Precision.Bf16 },
                "device" => part.Of with { Device = "cuda" },
                _ => part.Of with { Classes = 3 },
            },
        });

        var fault = Assert.Throws<DataFaultException>(() => Parts.Join(Identity()));

        Assert.EndsWith("2-of-2", fault.Path, StringComparison.Ordinal);
        Assert.Equal($"those of other {difference}", fault.Found);
        Assert.Contains("--shard 2/2", fault.Message, StringComparison.Ordinal);
        Assert.False(Parts.IsDone(new SampleShard(2, 2), Identity()));
        // The shard's own stage makes it anew.
        Write(2, 2);
        Parts.Join(Identity());
    }

    [Fact]
    public void Join_LogitsThatWereChanged_AreRefused()
    {
        Write(1, 2);
        Write(2, 2);
        var path = Path.Combine(_folder, "1-of-2", "logits.safetensors");
        var bytes = File.ReadAllBytes(path);
        bytes[^9] ^= 1;
        File.WriteAllBytes(path, bytes);

        var fault = Assert.Throws<DataFaultException>(() => Parts.Join(Identity()));

        Assert.EndsWith("1-of-2", fault.Path, StringComparison.Ordinal);
        Assert.Contains("SHA-256", fault.Expected, StringComparison.Ordinal);
        Assert.False(Parts.IsDone(new SampleShard(1, 2), Identity()));
    }

    [Fact]
    public void Join_PartUnderTheNameOfAnother_IsRefused()
    {
        Write(1, 2);
        Directory.Move(Path.Combine(_folder, "1-of-2"), Path.Combine(_folder, "2-of-2"));
        Write(1, 2);

        var fault = Assert.Throws<DataFaultException>(() => Parts.Join(Identity()));

        Assert.Equal(("part 2/2, samples 500 to 1202", "part 1/2, samples 0 to 499"), (fault.Expected, fault.Found));
    }

    [Fact]
    public void Join_TensorsOfOtherNetworks_AreRefused()
    {
        Write(1, 1);
        var path = Path.Combine(_folder, "1-of-1", "logits.safetensors");
        SafetensorsFile.Write(path, [.. SafetensorsFile.Read(path).Tensors.Take(1)]);
        Change("1-of-1", part => part with { LogitsSha256 = FileChecksum.Sha256(path) });

        Assert.Equal("logits of 2 networks, 1203 x 2 each", Assert.Throws<DataFaultException>(() => Parts.Join(Identity())).Expected);
    }

    [Theory]
    [InlineData("\"shard\": \"1/1\"", "\"shard\": \"2/1\"", "shard")]
    [InlineData("\"samples\": 1203", "\"samples\": 0", "samples")]
    [InlineData("{", "[", "other content")]
    public void Join_RecordThatIsNone_IsAFault(string was, string written, string named)
    {
        Write(1, 1);
        var path = Path.Combine(_folder, "1-of-1", "part.json");
        var text = File.ReadAllText(path);
        Assert.Contains(was, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(was, written, StringComparison.Ordinal));

        Assert.Contains(named, Assert.Throws<DataFaultException>(() => Parts.Join(Identity())).Message, StringComparison.Ordinal);
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(string name, ulong seed) => ModelRegistry.CreateDefault().Create(name, TinySets.Halves(1).Shape, 2, seed);

    private static TestIdentity Identity() => new() { Weights = ["a", "b"], Data = "halves", Samples = Samples, Classes = 2, Precision = Precision.Fp32, Device = "cpu" };

    private void Change(string name, Func<EvaluationPart, EvaluationPart> change)
    {
        var path = Path.Combine(_folder, name, "part.json");
        RecordJson.Write(path, change(RecordJson.Read<EvaluationPart>(path, "", "")));
    }

    private void Write(int number, int count) => Parts.Write(new SampleShard(number, count), Identity(), _networks, _test, TestContext.Current.CancellationToken);
}
