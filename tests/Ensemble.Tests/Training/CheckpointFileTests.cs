using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using Ensemble.Training;

namespace Ensemble.Tests.Training;

[Collection(TensorTests.Name)]
public sealed class CheckpointFileTests : IDisposable
{
    private const string Hash = "a recipe";

    private static readonly TrainingOptions s_options = new()
    {
        Epochs = 4,
        BatchSize = 8,
        Precision = Precision.Fp32,
        Augmentation = new AugmentationOptions { ShiftPixels = 1 },
    };

    private readonly TemporaryFolder _folder = new();

    private string PathOfFile => Path.Combine(_folder.FullPath, CheckpointFile.FileName);

    public static TheoryData<string, TrainingOptions> Trainings => new()
    {
        { "resnet8x0.25", s_options },
        { "resnet8x0.25", s_options with { Optimizer = OptimizerKind.AdamW, LearningRate = 0.01, EmaDecay = 0.9 } },
        { "mlp-8-dropout", s_options with { LookaheadSteps = 3, MaxNorm = 1 } },
        { "mlp-8", s_options with { Schedule = LearningRateSchedule.OneCycle, Views = new ViewOptions { Count = 2 } } },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Trainings))]
    public void Train_StoppedAtEveryStepAndGoneOn_EndsWithTheSameBitsAndReports(string architecture, TrainingOptions options)
    {
        var whole = new SynchronousProgress();
        var expected = Train(architecture, options, checkpoint: null, whole, stopAfter: int.MaxValue);
        // 5 steps an epoch: a process that is killed after one, two, three ... steps of its own, until the run is done.
        var torn = new SynchronousProgress();
        byte[][]? actual = null;
        for (var attempt = 1; actual is null; attempt++)
        {
            Assert.InRange(attempt, 1, 20);
            actual = Train(architecture, options, Checkpoint(), torn, stopAfter: attempt);
        }

        Assert.Equal(expected, actual);
        Assert.Equal(
            whole.Reports.Select(report => (report.Step, report.Loss, report.Accuracy, report.LearningRate)),
            torn.Reports.DistinctBy(report => report.Step).Select(report => (report.Step, report.Loss, report.Accuracy, report.LearningRate)));
    }

    [Fact]
    public void Train_FinishedCheckpoint_TakesNoStepMore()
    {
        var expected = Train("mlp-8", s_options, Checkpoint(), null, int.MaxValue);
        var silent = new SynchronousProgress(_ => Assert.Fail("a step was taken"));

        Assert.Equal(expected, Train("mlp-8", s_options, Checkpoint(), silent, int.MaxValue));
    }

    [Fact]
    public void Read_AnotherRecipe_IsPassedOver()
    {
        Train("mlp-8", s_options, Checkpoint(), null, 3);

        Assert.NotNull(Checkpoint().Read());
        Assert.Null(new CheckpointFile(PathOfFile, "another recipe", TimeSpan.Zero).Read());
        Assert.Null(new CheckpointFile(PathOfFile + ".none", Hash, TimeSpan.Zero).Read());
    }

    [Fact]
    public void Train_LongInterval_WritesNothing()
    {
        Train("mlp-8", s_options, new CheckpointFile(PathOfFile, Hash, TimeSpan.FromHours(1)), null, int.MaxValue);

        Assert.False(File.Exists(PathOfFile));
    }

    [Fact]
    public void Read_AThousandMutations_AreADataFaultOrTheSameCheckpoint()
    {
        Train("mlp-8", s_options, Checkpoint(), null, 3);
        var original = File.ReadAllBytes(PathOfFile);
        var expected = Checkpoint().Read()!;
        var random = new RandomStream(7, "test/mutated-checkpoints");
        var faults = 0;
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            File.WriteAllBytes(PathOfFile, Mutation.Draw(random, original));
            try
            {
                // Padding of the header may change; what is read may not.
                if (Checkpoint().Read() is { } read)
                {
                    Assert.Equal(expected.Log.Step, read.Log.Step);
                    Assert.Equal(expected.Tensors.Select(tensor => tensor.Data.ToArray()), read.Tensors.Select(tensor => tensor.Data.ToArray()));
                }
            }
            catch (DataFaultException fault)
            {
                Assert.Equal(PathOfFile, fault.Path);
                faults++;
            }
        }

        Assert.InRange(faults, 900, 1000);
    }

    [Fact]
    public void Train_CheckpointOfAnotherArchitecture_IsADataFaultAndChangesNothing()
    {
        Train("mlp-8", s_options, Checkpoint(), null, 3);
        using var data = TinySets.Resident(TinySets.Halves());
        using var network = ModelRegistry.CreateDefault().Create("mlp-9", data.Shape, 2, 1);
        var before = StateTensors.Export(network).Select(record => record.Data.ToArray()).ToArray();

        Assert.Throws<DataFaultException>(
            () => Trainer.Train(network, data, new HardLabels(), null, s_options, null, Checkpoint(), TestContext.Current.CancellationToken));

        Assert.Equal(before, StateTensors.Export(network).Select(record => record.Data.ToArray()));
    }

    [Fact]
    public void Train_FolderThatCannotBeWritten_IsAMachineFault()
    {
        var blocked = Path.Combine(_folder.FullPath, "blocked");
        File.WriteAllText(blocked, "a file where a folder should be");

        Assert.Throws<MachineFaultException>(
            () => Train("mlp-8", s_options, new CheckpointFile(Path.Combine(blocked, CheckpointFile.FileName), Hash, TimeSpan.Zero), null, 3));
    }

    private CheckpointFile Checkpoint() => new(PathOfFile, Hash, TimeSpan.Zero);

    // The weights at the end; null where the training was stopped before.
    private static byte[][]? Train(string architecture, TrainingOptions options, CheckpointFile? checkpoint, SynchronousProgress? progress, int stopAfter)
    {
        using var data = TinySets.Resident(TinySets.Halves(), options.Augmentation);
        using var network = ModelRegistry.CreateDefault().Create(architecture, data.Shape, 2, 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var steps = 0;
        var counting = new ScriptedObjective(input =>
        {
            if (++steps == stopAfter)
            {
                stop.Cancel();
            }

            return new HardLabels().Compute(input);
        });
        try
        {
            Trainer.Train(network, data, counting, null, options, progress, checkpoint, stop.Token);
            return [.. StateTensors.Export(network).Select(record => record.Data.ToArray())];
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
