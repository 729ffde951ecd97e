using Ensemble.Data;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Pipeline.Sweeps;

[Collection(TensorTests.Name)]
public sealed class SweepTests(FinishedSweep finished) : IClassFixture<FinishedSweep>, IDisposable
{
    private static readonly string[] s_cells =
        ["mlp-8-T1-s1", "mlp-8-T4.5-s1", "mlp-4-T1-s1", "mlp-4-T4.5-s1", "mlp-8-T1-s2", "mlp-8-T4.5-s2", "mlp-4-T1-s2", "mlp-4-T4.5-s2"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_Whole_DoesWhatIsSharedOnceAndEveryRunOnce()
    {
        var done = TinySweep.Done(finished.Observer);

        Assert.Equal(["teacher 1 of 2", "teacher 2 of 2", "soft targets", "ensemble"], done[..4]);
        // Two students under two seeds; the second temperature takes the baseline of the first.
        Assert.Equal((4, 8, 8), (done.Count(name => name == "baseline"), done.Count(name => name == "student"), done.Count(name => name == "evaluation")));
        Assert.Equal(finished.Observer.Started.Select((_, index) => index), finished.Observer.Started.Select(stage => stage.Index));
        Assert.All(finished.Observer.Started, stage => Assert.Equal(finished.Observer.Started.Count, stage.Count));
        Assert.Equal(s_cells, finished.Observer.Started.Select(stage => stage.Name.Split(' ')).Where(words => words[^1] == "student").Select(words => words[0]));
        Assert.Equal(2, Directory.GetFiles(finished.Folder, "*.logits", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Run_Weights_DifferWhereRecipesDo()
    {
        var weights = TinyRun.Weights(finished.Folder);

        Assert.Equal(2 + 8 + 8, weights.Count);
        Assert.Equal(2 + 4 + 8, weights.Values.Distinct().Count());
        Assert.Equal(weights["runs/mlp-8-T1-s1/baseline"], weights["runs/mlp-8-T4.5-s1/baseline"]);
    }

    [Fact]
    public void Run_Table_IsWhatTheRunsResultsAddUpTo()
    {
        var ensemble = Results("mlp-8-T1-s1").Models.Single(model => model.Role == ModelRole.Ensemble);

        Assert.Empty(finished.Results.Missing);
        Assert.Equal([("mlp-8", 1), ("mlp-8", 4.5), ("mlp-4", 1), ("mlp-4", 4.5)], finished.Results.Rows.Select(row => (row.Student, row.Temperature)));
        foreach (var row in finished.Results.Rows)
        {
            var runs = new[] { 1, 2 }.Select(seed => Results($"{row.Student}-T{row.Temperature}-s{seed}").Models).ToArray();
            var students = runs.Select(models => models.Single(model => model.Role == ModelRole.Student)).ToArray();
            var baselines = runs.Select(models => models.Single(model => model.Role == ModelRole.Baseline)).ToArray();
            var (first, second) = (students[0].Accuracy, students[1].Accuracy);
            Assert.Equal([1UL, 2UL], row.Seeds);
            Assert.Equal((students[0].Parameters, students[0].MultiplyAdds, students[0].Bytes), (row.Parameters, row.MultiplyAdds, row.Bytes));
            Assert.Equal((first + second) / 2, row.StudentAccuracy.Mean, 1e-12);
            // Of two values: their difference over the root of two.
            Assert.Equal(Math.Abs(first - second) / Math.Sqrt(2), row.StudentAccuracy.Deviation!.Value, 1e-12);
            Assert.Equal((baselines[0].Accuracy + baselines[1].Accuracy) / 2, row.BaselineAccuracy.Mean, 1e-12);
            Assert.Equal(row.StudentAccuracy.Mean - row.BaselineAccuracy.Mean, row.Gain.Mean, 1e-12);
            Assert.Equal(Math.Abs(first - baselines[0].Accuracy - (second - baselines[1].Accuracy)) / Math.Sqrt(2), row.Gain.Deviation!.Value, 1e-12);
            Assert.Equal((students[0].TrainSeconds + students[1].TrainSeconds) / 2, row.StudentTrainSeconds, 1e-9);
            Assert.Equal((students[0].Latency!.Batch1Milliseconds + students[1].Latency!.Batch1Milliseconds) / 2, row.Latency!.Batch1Milliseconds, 1e-9);
            Assert.Equal(
                ensemble.Accuracy > row.BaselineAccuracy.Mean ? row.Gain.Mean / (ensemble.Accuracy - row.BaselineAccuracy.Mean) : double.NaN, row.GainKept ?? double.NaN, 1e-9);
        }
    }

    [Fact]
    public void Run_Cost_CountsEachTrainingOnce()
    {
        var cost = finished.Results.Cost;
        var trained = new[] { "teachers/0", "teachers/1" }.Sum(Seconds);
        var baselines = new[] { "mlp-8-T1-s1", "mlp-4-T1-s1", "mlp-8-T1-s2", "mlp-4-T1-s2" }.Sum(cell => Seconds($"runs/{cell}/baseline"));
        var students = s_cells.Sum(cell => Seconds($"runs/{cell}/student"));

        Assert.Equal(trained / 3600, cost.TeacherHours, 1e-12);
        Assert.Equal(baselines / 3600, cost.BaselineHours, 1e-12);
        Assert.Equal(students / 3600, cost.StudentHours, 1e-12);
        Assert.True(cost.SoftTargetHours > 0);
        Assert.Equal(cost.TeacherHours + cost.SoftTargetHours + cost.BaselineHours + cost.StudentHours, cost.Total.DeviceHours, 1e-12);
        // Seven of the eight runs trained no teachers, and every baseline served two.
        Assert.Equal((7 * (cost.TeacherHours + cost.SoftTargetHours)) + cost.BaselineHours, cost.SavedHours, 1e-12);
    }

    [Fact]
    public void Run_Teachers_AreMeasuredOnceForAllRuns()
    {
        var shared = finished.Results.Teachers.Select(teacher => CanonicalJson.Serialize(teacher)).ToArray();

        Assert.Equal(3, shared.Length);
        Assert.All(s_cells, cell => Assert.Equal(shared, Results(cell).Models.Take(3).Select(model => CanonicalJson.Serialize(model))));
        Assert.All(s_cells, cell => Assert.Equal(2, Results(cell).EnsembleCurve!.Points.Count));
    }

    [Fact]
    public void Run_Cell_HasTheBitsAndNumbersOfARunOnItsOwn()
    {
        var recipe = Cell("mlp-4-T4.5-s2").Recipe with
        {
            SharedFolder = null,
            BroughtTeachers = [new BroughtTeacher { Path = In(finished.Folder, "teachers/0") }, new BroughtTeacher { Path = In(finished.Folder, "teachers/1") }],
        };

        var alone = TinyRun.Run(recipe, In("alone"), new RecordingObserver());

        Assert.Equal(TinyRun.Weights(In(finished.Folder, "runs/mlp-4-T4.5-s2")), TinyRun.Weights(In("alone")));
        Assert.Equal(
            alone.Models.Select(model => CanonicalJson.Serialize(model with { TrainSeconds = 0, Cost = null, Latency = null })),
            Results("mlp-4-T4.5-s2").Models.Select(model => CanonicalJson.Serialize(model with { TrainSeconds = 0, Cost = null, Latency = null })));
    }

    [Fact]
    public void Run_StoppedTwiceAndCalledAgain_EndsWithTheSameBitsAndLeavesNoTensors()
    {
        var before = LiveTensors.Count();
        Stop("teacher 2 of 2");
        Stop("mlp-4-T1-s1 student");
        Assert.Equal(before, torch.Tensor.TotalCount);

        var observer = new RecordingObserver();
        var results = TinySweep.Run(TinySweep.Recipe, In("stopped"), observer);

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal("mlp-4-T1-s1 student", observer.Finished.First(stage => !stage.WasDone).Stage.Name);
        Assert.Equal(TinyRun.Weights(finished.Folder), TinyRun.Weights(In("stopped")));
        Assert.Equal(finished.Results.Rows.Select(row => (row.StudentAccuracy, row.BaselineAccuracy, row.GainKept, row.Agreement)), results.Rows.Select(row => (row.StudentAccuracy, row.BaselineAccuracy, row.GainKept, row.Agreement)));
    }

    [Fact]
    public void Run_Again_DoesNothingAndReadsTheDataOnce()
    {
        var folder = Copy("again");
        var (observer, data) = (new RecordingObserver(), new CountedProvider());
        var pipeline = new SweepPipeline(new DatasetRegistry().Add(data), Ensemble.Models.ModelRegistry.CreateDefault(), Ensemble.Distillation.ObjectiveRegistry.CreateDefault(), TimeProvider.System);

        var again = pipeline.Run(TinySweep.Recipe, folder, TinyRun.Settings, observer, TestContext.Current.CancellationToken);

        Assert.Empty(TinySweep.Done(observer));
        Assert.Equal(1, data.Loads);
        Assert.Equal(finished.Results.Rows.Select(row => CanonicalJson.Serialize(row)), again.Rows.Select(row => CanonicalJson.Serialize(row)));
    }

    [Fact]
    public void Run_MovedFolder_GoesOnThere()
    {
        var folder = Copy("first");
        File.Delete(In(folder, "runs/mlp-8-T1-s2/student/model.json"));
        File.Delete(In(folder, "runs/mlp-4-T1-s2/student/model.json"));
        Directory.Move(folder, In("moved"));

        // By its own stage, and then the rest by the sweep.
        TinyRun.Pipeline.RunStage(In("moved/runs/mlp-8-T1-s2"), StageKey.Student, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);
        var observer = new RecordingObserver();
        TinySweep.Run(TinySweep.Recipe, In("moved"), observer);

        Assert.Equal(["student"], TinySweep.Done(observer));
        Assert.Equal(TinyRun.Weights(finished.Folder), TinyRun.Weights(In("moved")));
    }

    [Fact]
    public void RunStage_RunOutsideOfItsSweep_NamesWhatIsMissing()
    {
        Directory.Move(In(Copy("whole"), "runs/mlp-8-T1-s1"), In("astray"));

        var fault = Assert.Throws<DataFaultException>(
            () => TinyRun.Pipeline.RunStage(In("astray"), StageKey.Student, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken));

        Assert.Contains("no sweep.json", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Begin_StageAfterStage_EndsWithTheBitsOfOneCommand()
    {
        var stages = TinySweep.Pipeline.Begin(TinySweep.Recipe, In("staged"), TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);

        Assert.Equal(4 + (8 * 3) + 1, stages.Count);
        Assert.All(stages.Index(), stage => Assert.All(stage.Item.Needs, need => Assert.InRange(need, 0, stage.Index - 1)));
        Assert.All(stages.Where(stage => stage.Key == StageKey.Evaluation), stage => Assert.Contains(stage.Needs, need => stages[need].Key == StageKey.Ensemble));
        // A baseline needs no teachers: an outside scheduler can train it beside them.
        TinyRun.Pipeline.RunStage(In("staged/runs/mlp-8-T1-s1"), StageKey.Baseline, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);
        foreach (var (stage, observer) in stages.Select(stage => (stage, new RecordingObserver())))
        {
            var isShared = stage.Folder == In("staged");
            if (isShared) TinySweep.Pipeline.RunStage(stage.Folder, stage.Key, TinyRun.Settings, observer, TestContext.Current.CancellationToken);
            else TinyRun.Pipeline.RunStage(stage.Folder, stage.Key, TinyRun.Settings, observer, TestContext.Current.CancellationToken);
        }

        Assert.Equal(TinyRun.Weights(finished.Folder), TinyRun.Weights(In("staged")));
        Assert.Equal(finished.Results.Rows.Select(row => row.StudentAccuracy), SweepResults.Read(In("staged/sweep-results.json")).Rows.Select(row => row.StudentAccuracy));
    }

    [Fact]
    public void RunStage_BeforeWhatItNeeds_NamesTheStageOfTheSweep()
    {
        TinySweep.Pipeline.Begin(TinySweep.Recipe, In("begun"), TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);
        Copy("begun/teachers", "teachers");

        var student = Assert.Throws<DataFaultException>(() => TinyRun.Pipeline.RunStage(In("begun/runs/mlp-8-T1-s1"), StageKey.Student, TinyRun.Settings, new RecordingObserver()));
        var unknown = Assert.Throws<UnknownNameException>(() => TinySweep.Pipeline.RunStage(In("begun"), StageKey.Student, TinyRun.Settings, new RecordingObserver()));

        Assert.Contains($"do the stage soft-targets of {In("begun")} first", student.Message, StringComparison.Ordinal);
        Assert.Contains("known: teachers/0, teachers/1, soft-targets, ensemble, table", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RunThatFails_IsNamedAndTheOthersGoOn()
    {
        var recipe = TinySweep.Recipe with { Students = [Broken("mlp-4"), TinySweep.Student("mlp-8")], Temperatures = [4.5], Seeds = [1] };

        var first = TinySweep.Run(recipe, In("failing"), new RecordingObserver());
        var observer = new RecordingObserver();
        var second = TinySweep.Run(recipe, In("failing"), observer);

        Assert.Equal(["mlp-4-s1"], first.Missing.Select(run => run.Name));
        Assert.Contains("is NaN within steps", first.Missing[0].Reason, StringComparison.Ordinal);
        Assert.Equal(["mlp-8"], first.Rows.Select(row => row.Student));
        Assert.Null(first.Rows[0].StudentAccuracy.Deviation);
        Assert.Equal(["mlp-4-s1"], second.Missing.Select(run => run.Name));
        Assert.Contains(observer.Started, stage => stage.Name == "mlp-4-s1 baseline");
        Assert.Empty(TinySweep.Done(observer));
        Assert.Contains("- mlp-4-s1: ", File.ReadAllText(In("failing/results.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_RunMadeElsewhere_IsTakenAsDone(bool hasManifest)
    {
        Directory.CreateDirectory(In("adopted"));
        Copy("adopted/teachers", "teachers");
        var elsewhere = Cell("mlp-8-T1-s1").Recipe with
        {
            SharedFolder = null,
            DataSeed = null,
            BroughtTeachers = [new BroughtTeacher { Path = In(finished.Folder, "teachers/0") }, new BroughtTeacher { Path = In(finished.Folder, "teachers/1") }],
        };
        TinyRun.Run(elsewhere, In("adopted/runs/mlp-8-T1-s1"), new RecordingObserver());
        // Or only the folders of its networks are copied.
        if (!hasManifest) File.Delete(In("adopted/runs/mlp-8-T1-s1/run.json"));
        var observer = new RecordingObserver();

        TinySweep.Run(TinySweep.Recipe with { Seeds = [1] }, In("adopted"), observer);

        Assert.Equal(
            [("mlp-8-T1-s1 baseline", true), ("mlp-8-T1-s1 student", true), ("mlp-8-T1-s1 evaluation", false), ("mlp-8-T4.5-s1 baseline", true)],
            observer.Finished.Where(stage => stage.Stage.Name.StartsWith("mlp-8", StringComparison.Ordinal)).Take(4).Select(stage => (stage.Stage.Name, stage.WasDone)));
        Assert.Equal(SweepCells.Of(TinySweep.Recipe)[0].Recipe.SharedFolder, RunStatus.Read(In("adopted/runs/mlp-8-T1-s1"), Ensemble.Distillation.ObjectiveRegistry.CreateDefault()).Recipe.SharedFolder);
    }

    [Fact]
    public void Run_FolderOfAnotherRunOrSweep_IsRefused()
    {
        var folder = Copy("taken");
        Assert.Throws<DataFaultException>(() => TinySweep.Run(TinySweep.Recipe with { Seed = 4 }, folder, new RecordingObserver()));

        // A run of other trainings in a run's place.
        Directory.CreateDirectory(In("mixed/runs"));
        Directory.Move(In(folder, "runs/mlp-8-T4.5-s1"), In("mixed/runs/mlp-8-T1-s1"));
        Copy("mixed/teachers", "teachers");
        var results = TinySweep.Run(TinySweep.Recipe with { Students = [TinySweep.Student("mlp-8")], Seeds = [1] }, In("mixed"), new RecordingObserver());

        Assert.Equal(["mlp-8-T1-s1"], results.Missing.Select(run => run.Name));
        Assert.Contains("name another folder", results.Missing[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Gather_DamagedTeachersAnswers_AreMeasuredAgain()
    {
        var folder = Copy("damaged");
        File.WriteAllBytes(In(folder, "ensemble/answers.safetensors"), [1, 2, 3]);
        File.Delete(In(folder, "runs/mlp-8-T1-s1/results.json"));

        var fault = Assert.Throws<DataFaultException>(() => TinyRun.Pipeline.RunStage(In(folder, "runs/mlp-8-T1-s1"), StageKey.Evaluation, TinyRun.Settings, new RecordingObserver()));
        Assert.Equal(["mlp-8-T1-s1"], TinySweep.Pipeline.Gather(folder).Missing.Select(run => run.Name));
        var observer = new RecordingObserver();
        TinySweep.Run(TinySweep.Recipe, folder, observer);

        Assert.Contains("do the stage ensemble", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["ensemble", "evaluation"], TinySweep.Done(observer));
    }

    private static SweepStudent Broken(string architecture) =>
        TinySweep.Student(architecture) with { Training = TinySweep.Student(architecture).Training with { LearningRate = 1e30 } };

    private static SweepCell Cell(string name) => SweepCells.Of(TinySweep.Recipe).Single(cell => cell.Name == name);

    private void Stop(string stageName)
    {
        using var stop = new CancellationTokenSource();
        var stopping = new RecordingObserver((stage, progress) =>
        {
            if (stage.Name == stageName && progress.Epoch == 1)
            {
                stop.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => TinySweep.Run(TinySweep.Recipe, In("stopped"), stopping, stop.Token));
    }

    private ResultsFile Results(string cell) => ResultsFile.Read(In(finished.Folder, "runs", cell, "results.json"));

    private double Seconds(string folder) => ModelFile.Read(In(finished.Folder, folder)).TrainSeconds;

    private string Copy(string name, string part = "")
    {
        var source = Path.Combine(finished.Folder, part);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = In(name, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return In(name);
    }

    private string In(params string[] parts) => Path.Combine([_folder.FullPath, .. parts]);

    private sealed class CountedProvider : IDatasetProvider
    {
        private readonly QuadrantsProvider _inner = new();

        public int Loads { get; private set; }

        public string Name => _inner.Name;

        public string Description => _inner.Description;

        public bool NeedsDirectory => _inner.NeedsDirectory;

        public DatasetSplits Load(DatasetRequest request)
        {
            Loads++;
            return _inner.Load(request);
        }
    }
}
