using Ensemble.Distillation;
using Ensemble.Export;
using Ensemble.Export.Onnx;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Runs;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using Ensemble.Tests.Pipeline.Sweeps;

namespace Ensemble.Tests.Pipeline;

/// <summary>The export at a run's end.</summary>
[Collection(TensorTests.Name)]
public sealed class ExportStageTests : IDisposable
{
    private static readonly DistillationRecipe s_recipe = TinyRun.Recipe with
    {
        TeacherCount = 1,
        TeacherTraining = TinyRun.Recipe.TeacherTraining! with { Epochs = 1 },
        StudentTraining = TinyRun.Recipe.StudentTraining with { Epochs = 1 },
    };

    private readonly TemporaryFolder _folder = new();

    private string RunPath => Path.Combine(_folder.FullPath, "run");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ExportFormat.Onnx, "student-fp32", "model.onnx parity.json")]
    [InlineData(ExportFormat.Safetensors, "student-safetensors", "README.md model.json model.safetensors")]
    [InlineData(ExportFormat.Bundle, "student-bundle-fp32", "README.md model.json model.onnx model.safetensors parity.json")]
    public void Run_WithAnExport_EndsWithItAndDoesItOnce(ExportFormat format, string folder, string files)
    {
        var first = Run(format);
        var written = Directory.GetFiles(In("export", folder)).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(files, string.Join(' ', written.Select(Path.GetFileName)));
        Array.ForEach(written, file => File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch));

        var again = Run(format);

        Assert.Equal(("export", false), (first.Finished[^1].Stage.Name, first.Finished[^1].WasDone));
        Assert.Equal((5, 5), (first.Finished.Count, first.Finished[^1].Stage.Count));
        Assert.Equal(("export", true), (again.Finished[^1].Stage.Name, again.Finished[^1].WasDone));
        Assert.All(written, file => Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file)));
        var report = Assert.Single(first.Exports);
        Assert.Equal((In("export", folder), format != ExportFormat.Safetensors), (report.Folder, report.Parity is not null));
        Assert.Empty(again.Exports);
        Assert.Equal(StageState.Done, Status().Stages.Single(stage => stage.Key == StageKey.Export).State);
    }

    [Fact]
    public void Run_WithoutAnExport_HasNoSuchStage()
    {
        var observer = new RecordingObserver();
        TinyRun.Run(s_recipe, RunPath, observer);

        Assert.Equal("evaluation", observer.Finished[^1].Stage.Name);
        Assert.DoesNotContain(Status().Stages, stage => stage.Key == StageKey.Export);
        Assert.False(Directory.Exists(In("export")));
        // But it can be asked for afterwards, and is ONNX then.
        Stage(new RecordingObserver(), TinyRun.Settings with { Export = new ExportRequest { MayFetchRuntime = false } });
        Assert.True(File.Exists(In("export", "student-fp32", "model.onnx")));
    }

    [Theory]
    [InlineData("other weights")]
    [InlineData("softmax")]
    [InlineData("damaged")]
    [InlineData("no parity")]
    [InlineData("failed parity")]
    public void RunStage_ExportThatIsNotThisOne_IsDoneAgain(string what)
    {
        Run(ExportFormat.Onnx);
        var folder = In("export", "student-fp32");
        var (onnx, parity) = (Path.Combine(folder, "model.onnx"), Path.Combine(folder, "parity.json"));
        switch (what)
        {
            case "other weights":
                var record = ModelFile.Read(In("student"));
                ModelFile.Write(In("student"), record, ModelFile.ReadWeights(In("baseline")).Tensors);
                break;
            case "softmax":
                var (graph, metadata) = OnnxFile.Read(onnx);
                OnnxFile.Write(onnx, graph, metadata.Where(entry => entry.Key != "ensemble.sha256").Select(entry => entry.Key == "ensemble.output" ? new(entry.Key, "probabilities") : entry));
                break;
            case "damaged":
                File.WriteAllBytes(onnx, File.ReadAllBytes(onnx)[..^1]);
                break;
            case "no parity":
                File.Delete(parity);
                break;
            default:
                (ParityRecord.Read(parity) with { Outcome = ParityOutcome.Failed, Runtime = "some", Reason = "far apart" }).Write(parity);
                break;
        }

        Assert.Equal(StageState.Begun, Status().Stages.Single(stage => stage.Key == StageKey.Export).State);
        var observer = new RecordingObserver();
        Stage(observer, TinyRun.Settings with { Export = new ExportRequest { MayFetchRuntime = false } });

        Assert.False(Assert.Single(observer.Finished).WasDone);
        Assert.Equal(StageState.Done, Status().Stages.Single(stage => stage.Key == StageKey.Export).State);
    }

    [Fact]
    public void Run_SweepWithAnExportThatFails_EndsTheOthersAndTheTableFirst()
    {
        var recipe = TinySweep.Recipe with { Temperatures = [4], Seeds = [1] };
        var settings = TinyRun.Settings with { Export = new ExportRequest { Format = ExportFormat.Safetensors } };
        TinySweep.Pipeline.Begin(recipe, RunPath, settings, new RecordingObserver(), TestContext.Current.CancellationToken);
        string[] runs = [.. Directory.GetDirectories(In("runs")).Order(StringComparer.Ordinal)];
        File.WriteAllText(Path.Combine(runs[0], "export"), "in the way of the folder");
        var observer = new RecordingObserver();

        Assert.Throws<MachineFaultException>(() => TinySweep.Pipeline.Run(recipe, RunPath, settings, observer, TestContext.Current.CancellationToken));

        Assert.True(File.Exists(Path.Combine(runs[1], "export", "student-safetensors", "model.safetensors")));
        Assert.Empty(SweepResults.Read(In("sweep-results.json")).Missing);
        Assert.Equal(observer.Started.Select((_, index) => index), observer.Started.Select(stage => stage.Index));
    }

    [Fact]
    public void RunStage_StudentThatIsNotTrained_NamesTheStageToDoFirst()
    {
        TinyRun.Pipeline.Begin(s_recipe, RunPath, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);

        var fault = Assert.Throws<DataFaultException>(() => Stage(new RecordingObserver(), TinyRun.Settings));

        Assert.Contains("do the stage student first", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RunStage_RunWithoutAStudent_HasNoExport()
    {
        var alone = s_recipe with { Teacher = null, TeacherCount = 0, TeacherTraining = null };
        TinyRun.Pipeline.Begin(alone, RunPath, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);

        var fault = Assert.Throws<UnknownNameException>(() => Stage(new RecordingObserver(), TinyRun.Settings));

        Assert.DoesNotContain("export", fault.Message[fault.Message.LastIndexOf("known: ", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    private string In(params string[] parts) => Path.Combine([RunPath, .. parts]);

    private RunStatus Status() => RunStatus.Read(RunPath, ObjectiveRegistry.CreateDefault());

    private RecordingObserver Run(ExportFormat format)
    {
        var observer = new RecordingObserver();
        var settings = TinyRun.Settings with { Export = new ExportRequest { Format = format, MayFetchRuntime = false } };
        TinyRun.Pipeline.Run(s_recipe, RunPath, settings, observer, TestContext.Current.CancellationToken);
        return observer;
    }

    private void Stage(RecordingObserver observer, RunSettings settings) => TinyRun.Pipeline.RunStage(RunPath, StageKey.Export, settings, observer, TestContext.Current.CancellationToken);
}
