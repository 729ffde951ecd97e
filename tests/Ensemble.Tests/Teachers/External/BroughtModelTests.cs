using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Teachers;
using Ensemble.Teachers.External;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using Ensemble.Tests.Runs;
using Ensemble.Training;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Teachers.External;

[Collection(TensorTests.Name)]
public sealed class BroughtModelTests : IDisposable
{
    private static readonly ModelRegistry s_models = ModelRegistry.CreateDefault();
    private static readonly ImageDataset s_data = TestImages.Counting(6, classCount: 3, channels: 2, side: 8);
    private static readonly ChannelStatistics s_normalisation = new() { Mean = [0.4, 0.6], StandardDeviation = [0.2, 0.3] };
    private static readonly ChannelStatistics s_other = new() { Mean = [0.5, 0.1], StandardDeviation = [0.25, 0.5] };

    private readonly TemporaryFolder _folder = new();
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _trained = s_models.Create("cnn-4-8", s_data.Shape, 3, 5);

    public void Dispose()
    {
        _trained.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void ReadFolder_OfARun_AnswersAsTheModelDid()
    {
        var record = Write();

        using var brought = BroughtModel.ReadFolder(_folder.FullPath, s_models, s_data, s_normalisation);

        Assert.Equal(("cnn-4-8", record.WeightsSha256), (brought.Architecture, brought.WeightsSha256));
        Assert.Equal(Answers(_trained, s_normalisation), Answers(brought.Network, s_normalisation));
    }

    [Fact]
    public void ReadFolder_OfAnotherNormalisation_SeesTheImagesAsItWasTrained()
    {
        Write(s_other);

        using var brought = BroughtModel.ReadFolder(_folder.FullPath, s_models, s_data, s_normalisation);

        var expected = Answers(_trained, s_other);
        PyTorchFixture.Near(expected, Answers(brought.Network, s_normalisation), 1e-4);
        Assert.True(expected.Zip(Answers(_trained, s_normalisation), (right, wrong) => Math.Abs(right - wrong)).Max() > 0.01, "it would matter");
        using var plain = BroughtModel.ReadFolder(_folder.FullPath, s_models, s_data, s_other);
        Assert.Equal(brought.Identity, plain.Identity);
    }

    [Fact]
    public void ReadWeights_OfAnotherNormalisation_LikewiseAndIsKeyedByIt()
    {
        Write();
        var path = Path.Combine(_folder.FullPath, ModelFile.WeightsName);

        using var own = BroughtModel.ReadWeights(path, "cnn-4-8", s_models, s_data, s_normalisation, s_other);
        using var same = BroughtModel.ReadWeights(path, "cnn-4-8", s_models, s_data, s_normalisation);

        PyTorchFixture.Near(Answers(_trained, s_other), Answers(own.Network, s_normalisation), 1e-4);
        Assert.Equal(Answers(_trained, s_normalisation), Answers(same.Network, s_normalisation));
        Assert.NotEqual(own.Identity, same.Identity);
        Assert.Equal(own.WeightsSha256, same.WeightsSha256);
    }

    [Fact]
    public void ReadFolder_OfAnotherNormalisation_StillShowsItsMaps()
    {
        Write(s_other);
        using var brought = BroughtModel.ReadFolder(_folder.FullPath, s_models, s_data, s_normalisation);

        var stages = new TeacherEnsemble([brought.Network], Precision.Fp32).MemberStages(s_data.Shape);

        Assert.Equal(["network.features.3", "network.features.7"], Assert.Single(stages).Select(stage => stage.Name));
    }

    [Fact]
    public void ReadFolder_OfAnMlpOfAnotherNormalisation_HasNoMaps()
    {
        using var mlp = s_models.Create("mlp-4", s_data.Shape, 3, 5);
        ModelFile.Write(_folder.FullPath, RecordOf("mlp-4", s_other), StateTensors.Export(mlp));
        using var brought = BroughtModel.ReadFolder(_folder.FullPath, s_models, s_data, s_normalisation);

        Assert.Throws<FeatureFaultException>(() => new TeacherEnsemble([brought.Network], Precision.Fp32).MemberStages(s_data.Shape));
    }

    [Theory]
    [InlineData(2, 8, 4, "4 classes", "one of 3")]
    [InlineData(2, 9, 3, "2x8x8", "2x9x9")]
    [InlineData(1, 8, 3, "1x8x8", "2x8x8")]
    public void ReadFolder_OfOtherImagesOrClasses_IsRefusedByName(int channels, int side, int classes, string one, string other)
    {
        Write();
        var data = TestImages.Counting(8, classes, channels, side);

        var fault = Assert.Throws<DataFaultException>(() => BroughtModel.ReadFolder(
            _folder.FullPath, s_models, data, new ChannelStatistics { Mean = new double[channels], StandardDeviation = [.. Enumerable.Repeat(1.0, channels)] }));

        Assert.Contains(one, fault.Message, StringComparison.Ordinal);
        Assert.Contains(other, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadFolder_OfClassesOfOtherNames_NamesTheFirst()
    {
        Write();
        var data = new ImageDataset(s_data.Shape, s_data.Pixels, s_data.Labels, ["class 0", "cat", "class 2"], "test");

        var fault = Assert.Throws<DataFaultException>(() => BroughtModel.ReadFolder(_folder.FullPath, s_models, data, s_normalisation));

        Assert.Equal(("class 1 to be 'cat'", "'class 1'"), (fault.Expected, fault.Found));
    }

    [Fact]
    public void ReadWeights_ThatDoNotFit_AreRefusedByName()
    {
        Write();
        var path = Path.Combine(_folder.FullPath, ModelFile.WeightsName);
        var more = TestImages.Counting(8, 4, 2, 8);

        Assert.Contains("classifier.weight", Assert.Throws<DataFaultException>(
            () => BroughtModel.ReadWeights(path, "cnn-4-8", s_models, more, s_normalisation)).Message, StringComparison.Ordinal);
        Assert.Contains("missing", Assert.Throws<DataFaultException>(
            () => BroughtModel.ReadWeights(path, "resnet8", s_models, s_data, s_normalisation)).Message, StringComparison.Ordinal);
        Assert.Throws<UnknownNameException>(() => BroughtModel.ReadWeights(path, "cnm-4-8", s_models, s_data, s_normalisation));
        Assert.Throws<DataFaultException>(() => BroughtModel.ReadWeights(path + ".absent", "cnn-4-8", s_models, s_data, s_normalisation));
        Assert.Throws<ArgumentException>(() => BroughtModel.ReadWeights(
            path, "cnn-4-8", s_models, s_data, s_normalisation, new ChannelStatistics { Mean = [0], StandardDeviation = [1] }));
    }

    [Fact]
    public void ReadFolder_DamagedOrEmpty_IsAFaultAndLeavesNoTensor()
    {
        Assert.Throws<DataFaultException>(() => BroughtModel.ReadFolder(_folder.FullPath, s_models, s_data, s_normalisation));
        Write();
        var path = Path.Combine(_folder.FullPath, ModelFile.WeightsName);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        var before = LiveTensors.Count();

        Assert.Throws<DataFaultException>(() => BroughtModel.ReadFolder(_folder.FullPath, s_models, s_data, s_normalisation));
        Assert.Throws<DataFaultException>(() => BroughtModel.ReadWeights(path, "resnet8", s_models, s_data, s_normalisation));

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static ModelRecord RecordOf(string architecture, ChannelStatistics normalisation) => Samples.Model with
    {
        Architecture = architecture,
        ClassNames = s_data.ClassNames,
        InputShape = new ModelInputShape { Channels = 2, Height = 8, Width = 8 },
        Mean = normalisation.Mean,
        Std = normalisation.StandardDeviation,
    };

    private static float[] Answers(torch.nn.Module<torch.Tensor, torch.Tensor> network, ChannelStatistics normalisation)
    {
        using var images = new ResidentDataset(s_data, normalisation, AugmentationOptions.None, torch.CPU);
        using var batch = images.Gather([0, 3, 5]);
        using var logits = new TeacherEnsemble([network], Precision.Fp32).Logits(batch);
        return PyTorchFixture.Values(logits);
    }

    private ModelRecord Write(ChannelStatistics? normalisation = null) =>
        ModelFile.Write(_folder.FullPath, RecordOf("cnn-4-8", normalisation ?? s_normalisation), StateTensors.Export(_trained));
}
