using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using Ensemble.Tests.Pipeline.Sweeps;

namespace Ensemble.Tests.Pipeline;

/// <summary>The measuring of runs in parts, beside the same in one pass.</summary>
[Collection(TensorTests.Name)]
public sealed class ShardedEvaluationTests : IDisposable
{
    // Three batches, the last one short.
    private static readonly QuadrantsProvider s_images = new(1203);
    private static readonly DistillationPipeline s_pipeline = TinyRun.Over(s_images);

    private readonly TemporaryFolder _folder = new();

    private string RunPath => Path.Combine(_folder.FullPath, "run");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void RunStage_PartsThenTheWhole_EndsWithTheBitsOfOnePass(int count)
    {
        var recipe = TinyRun.Recipe with { StudentTraining = TinyRun.Recipe.StudentTraining with { Epochs = 1 }, TeacherTraining = TinyRun.Recipe.TeacherTraining! with { Epochs = 1 } };
        var whole = s_pipeline.Run(recipe, RunPath, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);
        var answers = File.ReadAllBytes(In("evaluation", "answers.bin"));
        Assert.False(File.Exists(In("evaluation", "seconds.txt")));
        File.Delete(In("results.json"));
        File.Delete(In("evaluation", "answers.bin"));

        foreach (var number in Enumerable.Range(1, count).Reverse())
        {
            var observer = Stage(number, count);
            Assert.Equal($"shard {number}/{count} of 1203 test images", Assert.Single(observer.Started).Detail);
            Assert.False(File.Exists(In("results.json")));
        }

        Assert.True(Assert.Single(Stage(1, count).Finished).WasDone);
        Assert.Equal(StageState.Begun, StateOf(StageKey.Evaluation));
        Assert.False(Assert.Single(Stage(null, 0).Finished).WasDone);

        Assert.Equal(answers, File.ReadAllBytes(In("evaluation", "answers.bin")));
        Assert.Equal(Timeless(whole), Timeless(ResultsFile.Read(In("results.json"))));
        Assert.All(ResultsFile.Read(In("results.json")).Models, model => Assert.True(model.Latency!.Batch1Milliseconds > 0, model.Name));
        Assert.Empty(Directory.GetDirectories(In("evaluation")));
        // What the parts took is kept where the stage's seconds are.
        Assert.True(StageTimer.Read(In("evaluation")) > 0);
        Assert.Equal(StageState.Done, StateOf(StageKey.Evaluation));
        Assert.True(Assert.Single(Stage(2, count).Finished).WasDone);
        Assert.Empty(Directory.GetFiles(In("evaluation"), "part.json", SearchOption.AllDirectories));
    }

    [Fact]
    public void RunStage_StudentTrainedAnewAfterAPart_RefusesThePartByName()
    {
        s_pipeline.Run(TinyRun.Recipe with { TeacherCount = 1 }, RunPath, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);
        File.Delete(In("results.json"));
        Stage(1, 2);
        Stage(2, 2);
        // Other weights under the same recipe, as another machine's may be.
        var weights = ModelFile.ReadWeights(In("student")).Tensors.Select(tensor => new TensorRecord(tensor.Name, tensor.Dtype, tensor.Shape, Nudge(tensor.Data)));
        ModelFile.Write(In("student"), ModelFile.Read(In("student")), [.. weights]);

        var fault = Assert.Throws<DataFaultException>(() => Stage(null, 0));

        Assert.EndsWith("1-of-2", fault.Path, StringComparison.Ordinal);
        Assert.Equal("those of other weights", fault.Found);
        Assert.False(Assert.Single(Stage(1, 2).Finished).WasDone);
        Assert.EndsWith("2-of-2", Assert.Throws<DataFaultException>(() => Stage(null, 0)).Path, StringComparison.Ordinal);
        Stage(2, 2);
        Stage(null, 0);
    }

    [Fact]
    public void RunStage_PartsLeftBehindResults_AreTakenAway()
    {
        s_pipeline.Run(TinyRun.Recipe with { TeacherCount = 1 }, RunPath, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);
        var (results, answers) = (File.ReadAllBytes(In("results.json")), File.ReadAllBytes(In("evaluation", "answers.bin")));
        File.Delete(In("results.json"));
        Stage(1, 1);
        // Killed between its results and the end of its parts.
        File.WriteAllBytes(In("results.json"), results);
        File.WriteAllBytes(In("evaluation", "answers.bin"), answers);

        Assert.True(Assert.Single(Stage(null, 0).Finished).WasDone);

        Assert.Empty(Directory.GetDirectories(In("evaluation")));
    }

    [Fact]
    public void RunStage_ShardOfAStageWithoutParts_IsRefused()
    {
        s_pipeline.Begin(TinyRun.Recipe, RunPath, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);

        Assert.Throws<ArgumentException>(() => s_pipeline.RunStage(RunPath, StageKey.Baseline, Settings(1, 2), new RecordingObserver(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void RunStage_SweepsEnsembleAndRunInParts_EndWithTheBitsOfOnePass()
    {
        var pipeline = new SweepPipeline(new DatasetRegistry().Add(s_images), ModelRegistry.CreateDefault(), ObjectiveRegistry.CreateDefault(), TimeProvider.System);
        pipeline.Run(TinySweep.Recipe with { Students = [TinySweep.Student("mlp-8")], Temperatures = [4], Seeds = [1] }, RunPath, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);
        var run = Assert.Single(Directory.GetDirectories(In("runs")));
        string[] files = [In("ensemble", "answers.safetensors"), Path.Combine(run, "evaluation", "answers.bin")];
        var before = files.Select(FileChecksum.Sha256).ToArray();
        var (records, results) = (Records(), Timeless(ResultsFile.Read(Path.Combine(run, "results.json"))));
        Array.ForEach([In("ensemble", "ensemble.json"), Path.Combine(run, "results.json"), .. files], File.Delete);

        foreach (var settings in new[] { Settings(2, 2), Settings(1, 2), TinyRun.Settings })
        {
            pipeline.RunStage(RunPath, StageKey.Ensemble, settings, new RecordingObserver(), TestContext.Current.CancellationToken);
        }

        foreach (var settings in new[] { Settings(2, 2), Settings(1, 2), TinyRun.Settings })
        {
            s_pipeline.RunStage(run, StageKey.Evaluation, settings, new RecordingObserver(), TestContext.Current.CancellationToken);
        }

        Assert.Equal(before, files.Select(FileChecksum.Sha256));
        Assert.Equal(records, Records());
        Assert.Equal(results, Timeless(ResultsFile.Read(Path.Combine(run, "results.json"))));
        Assert.Empty(Directory.GetDirectories(In("ensemble")));
        Assert.Empty(Directory.GetDirectories(Path.Combine(run, "evaluation")));

        string[] Records() => [.. new EnsembleFile(In("ensemble")).ReadRecords().Select(Timeless)];
    }

    private static RunSettings Settings(int number, int count) => TinyRun.Settings with { Shard = new SampleShard(number, count) };

    private static string[] Timeless(ResultsFile results) => [$"{results.Recipe} {results.Seed} {CanonicalJson.Serialize(results.EnsembleCurve)}", .. results.Models.Select(Timeless)];

    private static string Timeless(ResultRecord model) => CanonicalJson.Serialize(model with { TrainSeconds = 0, Cost = null, Latency = null });

    private static byte[] Nudge(ReadOnlyMemory<byte> data)
    {
        var bytes = data.ToArray();
        bytes[0] ^= 1;
        return bytes;
    }

    private string In(params string[] parts) => Path.Combine([RunPath, .. parts]);

    private StageState StateOf(string key) => RunStatus.Read(RunPath, ObjectiveRegistry.CreateDefault()).Stages.Single(stage => stage.Key == key).State;

    private RecordingObserver Stage(int? number, int count)
    {
        var observer = new RecordingObserver();
        s_pipeline.RunStage(RunPath, StageKey.Evaluation, number is { } shard ? Settings(shard, count) : TinyRun.Settings, observer, TestContext.Current.CancellationToken);
        return observer;
    }
}
