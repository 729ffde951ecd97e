using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Measurement;
using Ensemble.Pipeline;
using Ensemble.Runs;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Pipeline;

[Collection(TensorTests.Name)]
public sealed class DistillationPipelineTests(FinishedRun finished) : IClassFixture<FinishedRun>
{
    [Fact]
    public void Run_Quadrants_LearnsFarAboveChance()
    {
        // Four classes: chance is 0.25.
        Assert.All(finished.Results.Models, model => Assert.True(model.Accuracy > 0.6, $"{model.Name}: {model.Accuracy}"));
        Assert.True(Single(ModelRole.Ensemble).Accuracy > 0.8, $"the ensemble: {Single(ModelRole.Ensemble).Accuracy}");
    }

    [Fact]
    public void Run_Results_AreOneRecordForEachRoleAndConsistent()
    {
        var models = finished.Results.Models;
        Assert.Equal(
            [ModelRole.Teacher, ModelRole.Teacher, ModelRole.Ensemble, ModelRole.Baseline, ModelRole.Student], models.Select(model => model.Role));
        Assert.Equal(models.Count, models.Select(model => model.Name).Distinct().Count());
        Assert.All(models, model =>
        {
            Assert.Equal(QuadrantsProvider.TestCount, model.Count);
            Assert.Equal(1 - (model.Errors / (double)QuadrantsProvider.TestCount), model.Accuracy, 1e-12);
            Assert.InRange(model.Accuracy, model.AccuracyLow, model.AccuracyHigh);
            Assert.Equal(QuadrantsProvider.ClassCount, model.PerClassAccuracy.Count);
            Assert.Equal(model.Accuracy, model.PerClassAccuracy.Average()!.Value, 1e-9);
            Assert.InRange(model.Agreement!.Value, 0, 1);
            Assert.True(model.KlToEnsemble >= 0 && model.Nll > 0 && model.Latency!.Batch1Milliseconds > 0);
        });
        Assert.Equal(Single(ModelRole.Baseline).Parameters, Single(ModelRole.Student).Parameters);
        Assert.Equal(Single(ModelRole.Baseline).MultiplyAdds, Single(ModelRole.Student).MultiplyAdds);
        Assert.All(models.Where(model => model.Role != ModelRole.Student), model => Assert.Null(model.GainKept));
    }

    [Fact]
    public void Run_Ensemble_CostsTheSumOfItsMembers()
    {
        var teachers = finished.Results.Models.Where(model => model.Role == ModelRole.Teacher).ToArray();
        var ensemble = Single(ModelRole.Ensemble);

        Assert.Equal(teachers.Sum(model => model.Bytes), ensemble.Bytes);
        Assert.Equal(teachers.Sum(model => model.Parameters), ensemble.Parameters);
        Assert.Equal(teachers.Sum(model => model.MultiplyAdds), ensemble.MultiplyAdds);
        Assert.Equal((1.0, 0.0), (ensemble.Agreement!.Value, ensemble.KlToEnsemble!.Value));
        Assert.Equal(new FileInfo(Path.Combine(finished.Folder, "teachers", "0", "model.safetensors")).Length, teachers[0].Bytes);
    }

    [Fact]
    public void Run_ResultsFile_HoldsWhatWasReturned()
    {
        var read = ResultsFile.Read(Path.Combine(finished.Folder, "results.json"));

        Assert.Equal(finished.Results.Recipe, read.Recipe);
        Assert.Equal(
            finished.Results.Models.Select(model => (model.Name, model.Accuracy, model.Nll, model.KlToEnsemble)),
            read.Models.Select(model => (model.Name, model.Accuracy, model.Nll, model.KlToEnsemble)));
    }

    [Fact]
    public void Run_Members_DifferFromOneAnotherAndTheStudentFromTheBaseline() =>
        Assert.Equal(4, TinyRun.Weights(finished.Folder).Values.Distinct().Count());

    [Fact]
    public void Run_Stages_AreNumberedInOrder()
    {
        Assert.Equal(
            ["teacher 1 of 2", "teacher 2 of 2", "baseline", "student", "evaluation"], finished.Observer.Started.Select(stage => stage.Name));
        Assert.Equal([0, 1, 2, 3, 4], finished.Observer.Started.Select(stage => stage.Index));
        Assert.All(finished.Observer.Started, stage => Assert.Equal(5, stage.Count));
    }

    [Fact]
    public void Run_Again_SkipsWhatIsDoneAndGivesTheSameResults()
    {
        var weights = TinyRun.Weights(finished.Folder);
        var observer = new RecordingObserver((stage, _) => Assert.Fail($"{stage.Name} was trained again"));

        var again = TinyRun.Run(TinyRun.Recipe, finished.Folder, observer);

        Assert.All(observer.Finished, stage => Assert.True(stage.WasDone, stage.Stage.Name));
        Assert.Equal(weights, TinyRun.Weights(finished.Folder));
        Assert.Equal(
            finished.Results.Models.Select(Measured), again.Models.Select(Measured));
    }

    [Fact]
    public void Run_Answers_AreThoseThatTheResultsCount()
    {
        var answers = AnswersFile.Read(Path.Combine(finished.Folder, "evaluation", "answers.bin"));

        Assert.Equal([(ModelRole.Ensemble, 1.0), (ModelRole.Ensemble, 4.0), (ModelRole.Baseline, 1.0), (ModelRole.Student, 1.0)], answers.Header.Models.Select(model => (model.Role, model.Temperature)));
        Assert.Equal(finished.Results.Models.Select(model => model.WeightsSha256).OfType<string>(), answers.Header.Weights);
        foreach (var role in new[] { ModelRole.Ensemble, ModelRole.Baseline, ModelRole.Student })
        {
            var (result, counts) = (finished.Results.Models.Single(model => model.Role == role), ConfusionCounts.Of(answers.Find(role)!, answers.Labels).Counts);
            Assert.Equal(result.Count - result.Errors, counts.Select((row, label) => row[label]).Sum());
        }

        Assert.All(answers.Pictures, picture => Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture.Span[..4].ToArray()));
        Assert.NotEmpty(answers.Pictures);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_AgainWithoutItsAnswers_WritesThemAndLeavesTheResults(bool isDamaged)
    {
        var (path, results) = (Path.Combine(finished.Folder, "evaluation", "answers.bin"), Path.Combine(finished.Folder, "results.json"));
        var (answers, before) = (File.ReadAllBytes(path), File.ReadAllBytes(results));
        if (isDamaged) File.WriteAllBytes(path, answers[..^7]);
        else File.Delete(path);

        var observer = new RecordingObserver();
        TinyRun.Run(TinyRun.Recipe, finished.Folder, observer);

        Assert.Equal(["evaluation"], observer.Finished.Where(stage => !stage.WasDone).Select(stage => stage.Stage.Name));
        Assert.Equal(answers, File.ReadAllBytes(path));
        Assert.Equal(before, File.ReadAllBytes(results));
    }

    [Fact]
    public void Run_AnotherRecipeInTheSameFolder_IsRefused()
    {
        var weights = TinyRun.Weights(finished.Folder);

        Assert.Throws<DataFaultException>(
            () => TinyRun.Run(TinyRun.Recipe with { Seed = 4 }, finished.Folder, new RecordingObserver()));

        Assert.Equal(weights, TinyRun.Weights(finished.Folder));
    }

    [Fact]
    public void Run_StoppedWithinATeacherAndCalledAgain_EndsWithTheSameBitsAndLeavesNoTensors()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, "run");
        using var stop = new CancellationTokenSource();
        var stopping = new RecordingObserver((stage, progress) =>
        {
            if (stage.Name == "teacher 2 of 2" && progress.Epoch == 2)
            {
                stop.Cancel();
            }
        });
        var before = LiveTensors.Count();
        Assert.Throws<OperationCanceledException>(() => TinyRun.Run(TinyRun.Recipe, path, stopping, stop.Token));
        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal(["teachers/0"], TinyRun.Weights(path).Keys);

        var observer = new RecordingObserver();
        var results = TinyRun.Run(TinyRun.Recipe, path, observer);

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal([true, false, false, false, false], observer.Finished.Select(stage => stage.WasDone));
        Assert.Equal(TinyRun.Weights(finished.Folder), TinyRun.Weights(path));
        Assert.Equal(finished.Results.Models.Select(Measured), results.Models.Select(Measured));
        // The stopped attempt's lines are gone: one a line for each epoch.
        Assert.Equal(TinyRun.Recipe.TeacherTraining!.Epochs, File.ReadLines(Path.Combine(path, "teachers", "1", "metrics.jsonl")).Count());
    }

    [Fact]
    public void Run_OtherTemperature_ChangesTheStudentAlone()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, "run");

        TinyRun.Run(TinyRun.Recipe with { ObjectiveOptions = new ObjectiveOptions { Temperature = 2 } }, path, new RecordingObserver());

        var (expected, actual) = (TinyRun.Weights(finished.Folder), TinyRun.Weights(path));
        Assert.Equal(["student"], expected.Keys.Where(key => expected[key] != actual[key]));
    }

    [Fact]
    public void Run_PrecisionOfTheTeachersAlone_ReachesTheTeachers()
    {
        Assert.SkipUnless(Autocast.IsSupported, "the nuget stack has no autocast");
        using var folder = new TemporaryFolder();
        var recipe = Short() with { TeacherCount = 1 };
        var (plain, mixed) = (Path.Combine(folder.FullPath, "plain"), Path.Combine(folder.FullPath, "mixed"));

        TinyRun.Run(recipe, plain, new RecordingObserver());
        TinyRun.Run(recipe with { TeacherTraining = recipe.TeacherTraining! with { Precision = Precision.Bf16 } }, mixed, new RecordingObserver());

        Assert.NotEqual(TinyRun.Weights(plain)["teachers/0"], TinyRun.Weights(mixed)["teachers/0"]);
        Assert.Equal(TinyRun.Weights(plain)["baseline"], TinyRun.Weights(mixed)["baseline"]);
    }

    [Fact]
    public void Run_HardObjective_MakesTheStudentTheBaseline()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, "run");

        TinyRun.Run(Short() with { Objective = "hard", TeacherCount = 1 }, path, new RecordingObserver());

        // The same seed, the same order, the same start: what kd adds is all that is between the two.
        Assert.Equal(TinyRun.Weights(path)["baseline"], TinyRun.Weights(path)["student"]);
    }

    [Fact]
    public void Run_CountedViews_StoresTheTeachersAnswersAndNearlyMatchesAskingThem()
    {
        // One view of images that do not vary: the store holds what the members answer, but for half precision.
        using var folder = new TemporaryFolder();
        var recipe = Short() with { StudentTraining = Short().StudentTraining with { Augmentation = AugmentationOptions.None } };
        var counted = recipe with { StudentTraining = recipe.StudentTraining with { Views = new ViewOptions { Count = 1 } } };
        var (asked, stored) = (Path.Combine(folder.FullPath, "asked"), Path.Combine(folder.FullPath, "stored"));
        var before = LiveTensors.Count();

        var first = TinyRun.Run(recipe, asked, new RecordingObserver());
        var second = TinyRun.Run(counted, stored, new RecordingObserver());

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Single(Directory.GetFiles(Path.Combine(stored, "soft-targets"), "*.logits"));
        Assert.Equal(TinyRun.Weights(asked)["teachers/1"], TinyRun.Weights(stored)["teachers/1"]);
        Assert.Equal(first.Models[^1].Nll, second.Models[^1].Nll, 2e-3);
    }

    [Fact]
    public void Run_UnknownArchitecture_IsToldBeforeTheFolderIsMade()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, "run");

        Assert.Throws<UnknownNameException>(() => TinyRun.Run(TinyRun.Recipe with { Student = "resnet9" }, path, new RecordingObserver()));

        Assert.False(Directory.Exists(path));
    }

    private static DistillationRecipe Short() => TinyRun.Recipe with
    {
        TeacherTraining = TinyRun.Recipe.TeacherTraining! with { Epochs = 1 },
        StudentTraining = TinyRun.Recipe.StudentTraining with { Epochs = 1 },
    };

    private static (string, double, double, double, double?, double?, double?) Measured(ResultRecord model) =>
        (model.Name, model.Accuracy, model.Nll, model.Ece, model.Agreement, model.KlToEnsemble, model.GainKept);

    private ResultRecord Single(ModelRole role) => finished.Results.Models.Single(model => model.Role == role);
}
