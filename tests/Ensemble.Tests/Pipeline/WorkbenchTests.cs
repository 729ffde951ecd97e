using System.Runtime.InteropServices;
using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Evaluation;
using Ensemble.Pipeline;
using Ensemble.Runs;
using Ensemble.Teachers;
using Ensemble.Teachers.Specialists;
using Ensemble.Tests.Oracle;
using Ensemble.Tests.Storage;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Tests.Pipeline;

[Collection(TensorTests.Name)]
public sealed class WorkbenchTests
{
    private static readonly DatasetSplits s_data = new QuadrantsProvider().Load(new DatasetRequest());
    private static readonly ObjectiveOptions s_soft = new() { Temperature = 4, HardWeight = 0 };

    [Fact]
    public void Train_NetworkOfARunOfTheSameRecipe_CountsAsDone()
    {
        using var folder = new TemporaryFolder();
        var recipe = TinyRun.Recipe with { Teacher = null, TeacherCount = 0, TeacherTraining = null };
        TinyRun.Run(recipe, folder.At("run"), new RecordingObserver());
        var seed = ModelFile.Read(folder.At("run", "baseline")).Seed;
        var options = recipe.StudentTraining with { Seed = seed, Views = recipe.StudentTraining.Views with { Seed = seed } };
        var observer = new RecordingObserver();

        using var bench = Open(folder.At("run"), s_data.Train, observer);
        bench.Train("baseline", recipe.Student, s_data.Train, options);
        bench.Train("other", recipe.Student, s_data.Train, options with { Epochs = 1 });

        Assert.Equal([true, false], observer.Finished.Select(stage => stage.WasDone));
    }

    [Fact]
    public void Distil_Again_IsDoneAndAnotherTemperatureIsNot()
    {
        using var folder = new TemporaryFolder();
        var observer = new RecordingObserver();
        using (var bench = Open(folder.FullPath, s_data.Train, observer))
        {
            DistilOnce(bench, s_soft);
            Assert.Single(Directory.GetDirectories(folder.At("soft-targets")));
            Assert.Equal(["teacher"], bench.Networks[1].Recipe.Teachers);
        }

        var again = new RecordingObserver();
        using var second = Open(folder.FullPath, s_data.Train, again);
        DistilOnce(second, s_soft);
        var other = DistilOnce(second, s_soft with { Temperature = 8 });

        Assert.Equal([true, true, true, false], again.Finished.Select(stage => stage.WasDone));
        Assert.Equal(8, other.Recipe.ObjectiveOptions!.Temperature);
        Assert.Single(Directory.GetDirectories(folder.At("soft-targets")));
    }

    [Fact]
    public void Distil_FromSoftTargetsAlone_LearnsTheTeachersClassesWithoutLabels()
    {
        using var folder = new TemporaryFolder();
        using var bench = Open(folder.FullPath, s_data.Train);
        var teacher = bench.Train("teacher", "mlp-32-32", s_data.Train, Options(30));
        // The same images with labels that say nothing.
        var mute = new ImageDataset(s_data.Train.Shape, s_data.Train.Pixels, new int[s_data.Train.Count], s_data.Train.ClassNames, "mute");

        var student = bench.Distil("student", "mlp-16-16", mute, Options(60), "kd", s_soft, [teacher]);

        var (taught, knows) = (Accuracy(bench, student), Accuracy(bench, teacher));
        Assert.True(taught > 0.75 && taught > knows - 0.15, $"{taught} of a teacher of {knows}");
    }

    [Fact]
    public void Train_PartOfTheImages_IsAnotherNetworkThanUnderItsOwnNormalisation()
    {
        using var folder = new TemporaryFolder();
        var part = ClassSelection.Only(s_data.Train, 0, 3);
        using var whole = Open(folder.At("whole"), s_data.Train);
        using var own = Open(folder.At("own"), part);

        var shared = whole.Train("part", "mlp-4", part, Options(1)).Record;
        var alone = own.Train("part", "mlp-4", part, Options(1)).Record;

        Assert.NotEqual(alone.RecipeHash, shared.RecipeHash);
        Assert.NotEqual(alone.WeightsSha256, shared.WeightsSha256);
        Assert.Equal(ChannelStatistics.Measure(s_data.Train).Mean, shared.Mean);
    }

    [Fact]
    public void Train_InitialWeights_BeginsThereWhereShapesAreTheSame()
    {
        using var folder = new TemporaryFolder();
        using var bench = Open(folder.FullPath, s_data.Train);
        var first = bench.Train("first", "mlp-32-32", s_data.Train, Options(30));
        int[] labels = [.. s_data.Train.Labels.ToArray().Select(label => label / 2)];
        var halves = new ImageDataset(s_data.Train.Shape, s_data.Train.Pixels, labels, ["upper", "lower"], "halves");
        var still = Options(1) with { LearningRate = 1e-12 };

        var tuned = bench.Train("tuned", "mlp-32-32", halves, still, initial: new InitialWeights(first));
        var fresh = bench.Train("fresh", "mlp-32-32", halves, still);

        Assert.Equal(Tensor(first, "layers.1.weight"), Tensor(tuned, "layers.1.weight"));
        Assert.NotEqual(Tensor(first, "layers.1.weight"), Tensor(fresh, "layers.1.weight"));
        Assert.Equal(Tensor(fresh, "layers.5.weight"), Tensor(tuned, "layers.5.weight"));
        Assert.Equal("first", tuned.Recipe.Initial);
        Assert.NotEqual(fresh.Record.RecipeHash, tuned.Record.RecipeHash);
    }

    [Fact]
    public void Train_InitialWeightsOfSomeClasses_BeginsWithTheirRowsAndTheOthersMean()
    {
        using var folder = new TemporaryFolder();
        using var bench = Open(folder.FullPath, s_data.Train);
        var first = bench.Train("first", "mlp-32-32", s_data.Train, Options(30));
        var specialist = Specialist.Draw(s_data.Train, [3, 1], 1);
        var still = Options(1) with { LearningRate = 1e-12 };

        var tuned = bench.Train("tuned", "mlp-32-32", specialist.Images, still, initial: new InitialWeights(first) { Classes = specialist.Classes });
        var fresh = bench.Train("fresh", "mlp-32-32", specialist.Images, still, initial: new InitialWeights(first));

        var (rows, head) = (Tensor(first, "layers.5.bias"), Tensor(tuned, "layers.5.bias"));
        float[] bias = MemoryMarshal.Cast<byte, float>(rows).ToArray();
        float[] expected = [bias[1], bias[3], (float)bias.Where((_, label) => label is not 1 and not 3).Average(value => (double)value)];
        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(head).ToArray(), (one, other) => Math.Abs(one - other) < 1e-6);
        Assert.NotEqual(Tensor(fresh, "layers.5.weight"), Tensor(tuned, "layers.5.weight"));
        Assert.NotEqual(fresh.Record.RecipeHash, tuned.Record.RecipeHash);
        Assert.Equal([1, 3], tuned.Recipe.InitialClasses);
    }

    [Fact]
    public void Train_Probes_AreMeasuredAtTheirEpochsAndChangeNoWeight()
    {
        using var folder = new TemporaryFolder();
        using var bench = Open(folder.FullPath, s_data.Train);
        var options = Options(5);
        var probed = bench.Train("probed", "mlp-8-8-dropout", s_data.Train, options, [new EpochProbe("test.jsonl", s_data.Test, 2)]);
        var plain = bench.Train("plain", "mlp-8-8-dropout", s_data.Train, options);

        var entries = new MetricsLog(Path.Combine(probed.Folder, "test.jsonl")).Read();

        Assert.Equal([2, 4, 5], entries.Select(entry => entry.Epoch));
        Assert.Equal(Accuracy(bench, probed), entries[^1].Accuracy);
        Assert.Equal(plain.Record.WeightsSha256, probed.Record.WeightsSha256);
    }

    [Fact]
    public void AskView_PlainView_IsWhatAskSays()
    {
        using var folder = new TemporaryFolder();
        using var bench = Open(folder.FullPath, s_data.Train);
        var network = bench.Train("one", "resnet8x0.125", s_data.Train, Options(1));

        var plain = bench.Ask(network, s_data.Test).Values.ToArray();
        var jitter = Options(1) with { Augmentation = AugmentationOptions.Jitter };

        Assert.Equal(plain, bench.AskView(network, s_data.Test, Options(1), 0).Values.ToArray());
        Assert.NotEqual(plain, bench.AskView(network, s_data.Test, jitter, 0).Values.ToArray());
        Assert.NotEqual(bench.AskView(network, s_data.Test, jitter, 1).Values.ToArray(), bench.AskView(network, s_data.Test, jitter, 0).Values.ToArray());
    }

    [Fact]
    public void DistilAnswers_OtherIdentity_IsTrainedAnew()
    {
        using var folder = new TemporaryFolder();
        var observer = new RecordingObserver();
        using var bench = Open(folder.FullPath, s_data.Train, observer);
        var opened = 0;
        var answers = new StoredLogits([new float[s_data.Train.Count * s_data.Train.ClassCount]], s_data.Train.ClassCount);

        bench.DistilAnswers("student", "mlp-4", s_data.Train, Options(1), "kd", s_soft, "a", Give);
        bench.DistilAnswers("student", "mlp-4", s_data.Train, Options(1), "kd", s_soft, "a", Give);
        bench.DistilAnswers("student", "mlp-4", s_data.Train, Options(1), "kd", s_soft, "b", Give);

        Assert.Equal([false, true, false], observer.Finished.Select(stage => stage.WasDone));
        Assert.Equal(2, opened);

        StoredLogits Give()
        {
            opened++;
            return answers;
        }
    }

    [Fact]
    public void New_SecondAtTheSameTime_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var first = Open(folder.FullPath, s_data.Train);

        Assert.Throws<MachineFaultException>(() => Open(folder.FullPath, s_data.Train));
    }

    private static WorkbenchNetwork DistilOnce(Workbench bench, ObjectiveOptions objective)
    {
        var teacher = bench.Train("teacher", "mlp-8-8", s_data.Train, Options(2));
        return bench.Distil($"student-{objective.Temperature}", "mlp-4", s_data.Train, Options(1), "kd", objective, [teacher]);
    }

    private static Workbench Open(string folder, ImageDataset train, RecordingObserver? observer = null) => new(folder, ChannelStatistics.Measure(train), new WorkbenchSettings
    {
        Device = DeviceSelector.Resolve("cpu"),
        Machine = MachineInfo.Read(torch.__version__, "cpu"),
        Observer = observer ?? new RecordingObserver(),
        CancellationToken = TestContext.Current.CancellationToken,
    });

    private static TrainingOptions Options(int epochs) => new()
    {
        Epochs = epochs, BatchSize = 32, LearningRate = 0.05, WeightDecay = 0, Views = new ViewOptions { Count = 1 },
    };

    private static double Accuracy(Workbench bench, WorkbenchNetwork network) => Evaluator.Measure(bench.Ask(network, s_data.Test), s_data.Test).Accuracy;

    private static byte[] Tensor(WorkbenchNetwork network, string name) =>
        ModelFile.ReadWeights(network.Folder).Tensors.Single(tensor => tensor.Name == name).Data.ToArray();
}
