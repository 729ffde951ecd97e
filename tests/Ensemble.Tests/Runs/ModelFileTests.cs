using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Tests.Storage;

namespace Ensemble.Tests.Runs;

public sealed class ModelFileTests : IDisposable
{
    private static readonly TensorRecord s_weights = new("fc.weight", SafetensorsDtype.F32, [1, 2], new byte[8]);

    private readonly TemporaryFolder _folder = new();

    private string WeightsPath => _folder.At(ModelFile.WeightsName);

    private string RecordPath => _folder.At(ModelFile.RecordName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_ThenRead_GivesTheRecordWithTheChecksumOfTheWeights()
    {
        var written = ModelFile.Write(_folder.FullPath, Samples.Model, [s_weights]);

        var read = ModelFile.Read(_folder.FullPath);

        Assert.Equal(CanonicalJson.Serialize(written), CanonicalJson.Serialize(read));
        Assert.Equal(FileChecksum.Sha256(WeightsPath), read.WeightsSha256);
        Assert.Equal(["cercle", "étoile"], read.ClassNames);
        Assert.Equal((1, 28, 29), (read.InputShape.Channels, read.InputShape.Height, read.InputShape.Width));
        Assert.Equal("fc.weight", Assert.Single(ModelFile.ReadWeights(_folder.FullPath).Tensors).Name);
    }

    [Fact]
    public void IsFinished_OnlyForTheRecipeThatMadeIt()
    {
        Assert.False(ModelFile.IsFinished(_folder.At("missing"), Samples.Hash));
        Assert.False(ModelFile.IsFinished(_folder.FullPath, Samples.Hash));

        ModelFile.Write(_folder.FullPath, Samples.Model, [s_weights]);

        Assert.True(ModelFile.IsFinished(_folder.FullPath, Samples.Hash));
        Assert.False(ModelFile.IsFinished(_folder.FullPath, new string('0', 64)));
    }

    [Fact]
    public void ReadWeights_OfAnotherModel_IsADataFaultAndTheStageIsNotFinished()
    {
        ModelFile.Write(_folder.FullPath, Samples.Model, [s_weights]);
        SafetensorsFile.Write(
            WeightsPath, [new TensorRecord("fc.weight", SafetensorsDtype.F32, [1, 2], "12345678"u8.ToArray())]);

        Assert.Equal(
            WeightsPath, Assert.Throws<DataFaultException>(() => ModelFile.ReadWeights(_folder.FullPath)).Path);
        Assert.False(ModelFile.IsFinished(_folder.FullPath, Samples.Hash));
    }

    [Fact]
    public void Write_FailsBetweenWeightsAndRecord_LeavesNoRecordOfTheOldWeights()
    {
        ModelFile.Write(_folder.FullPath, Samples.Model, [s_weights]);

        // A record that cannot be written stands for a process killed after the weights.
        Assert.Throws<ArgumentException>(
            () => ModelFile.Write(_folder.FullPath, Samples.Model with { Epochs = -1 }, [s_weights]));

        Assert.False(File.Exists(RecordPath));
        Assert.True(File.Exists(WeightsPath));
    }

    [Fact]
    public void Write_RecordOutOfRange_NamesEveryFault()
    {
        var wrong = Samples.Model with { Mean = [0.1, 0.2], Std = [0], RecipeHash = "ABC", ClassNames = [], TrainSeconds = double.NaN };

        var thrown = Assert.Throws<ArgumentException>(() => ModelFile.Write(_folder.FullPath, wrong, [s_weights]));

        foreach (var name in new[] { "mean", "std", "recipeHash", "classNames", "trainSeconds" })
        {
            Assert.Contains(name, thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_NullAmongTheClassNames_IsADataFault()
    {
        ModelFile.Write(_folder.FullPath, Samples.Model, [s_weights]);
        File.WriteAllText(
            RecordPath, File.ReadAllText(RecordPath).Replace("\"cercle\"", "null", StringComparison.Ordinal));

        Assert.Contains(
            "classNames",
            Assert.Throws<DataFaultException>(() => ModelFile.Read(_folder.FullPath)).Message,
            StringComparison.Ordinal);
    }
}
