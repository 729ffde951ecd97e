using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Teachers;
using Ensemble.Tests.Oracle;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Tests.Training;

/// <summary>Ten full-batch steps from the same weights on the same images, beside a PyTorch loop written by hand.</summary>
[Collection(TensorTests.Name)]
public sealed class TrainerTwinTests
{
    private static readonly TrainingCases s_twins = PyTorchFixture.Read<TrainingCases>("training.json");

    public static TheoryData<TrainingCase> Cases() => [.. s_twins.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Train_FullBatches_EqualsPyTorch(TrainingCase twin)
    {
        var dataset = TinySets.Of(twin);
        using var data = new ResidentDataset(dataset, TinySets.Normalisation(twin.Channels), AugmentationOptions.None, torch.CPU);
        using var student = Create(twin.Name, dataset, 300);
        var teachers = Enumerable.Range(0, twin.Teachers).Select(index => Create("mlp-9", dataset, 400 + (100 * index))).ToArray();
        var progress = new SynchronousProgress();

        TinySets.Train(student, data, ObjectiveOf(twin), teachers.Length == 0 ? null : new TeacherEnsemble(teachers, Precision.Fp32), OptionsOf(twin), progress);

        PyTorchFixture.Near(
            [.. twin.Losses.Select(loss => (float)loss)], [.. progress.Reports.Select(report => (float)report.Loss)], 1e-5, "loss");
        var state = student.state_dict();
        Assert.Equal(twin.State.Keys, state.Keys);
        Assert.All(state, entry => PyTorchFixture.Near(twin.State[entry.Key], PyTorchFixture.Values(entry.Value), 1e-5, entry.Key));
        Array.ForEach(teachers, teacher => teacher.Dispose());
    }

    private static IObjective ObjectiveOf(TrainingCase twin) => twin.Teachers == 0
        ? new HardLabels()
        : new SoftTargetDistillation(new ObjectiveOptions { Temperature = twin.Temperature, HardWeight = twin.HardWeight });

    private static TrainingOptions OptionsOf(TrainingCase twin) => new()
    {
        Epochs = s_twins.Steps,
        BatchSize = twin.Count,
        LearningRate = s_twins.LearningRate,
        Momentum = s_twins.Momentum,
        WeightDecay = s_twins.WeightDecay,
        WarmupShare = s_twins.WarmupShare,
        Schedule = LearningRateSchedule.Cosine,
        Precision = Precision.Fp32,
    };

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(string name, ImageDataset dataset, int offset)
    {
        var network = ModelRegistry.CreateDefault().Create(name, dataset.Shape, dataset.ClassCount, 0);
        HashedValues.Fill(network, offset);
        return network;
    }
}
