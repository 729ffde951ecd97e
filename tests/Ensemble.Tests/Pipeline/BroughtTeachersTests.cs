using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Pipeline;
using Ensemble.Runs;
using Ensemble.Teachers;
using Ensemble.Teachers.External;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Pipeline;

[Collection(TensorTests.Name)]
public sealed class BroughtTeachersTests(FinishedRun finished) : IClassFixture<FinishedRun>, IDisposable
{
    private static readonly DistillationRecipe s_untaught = TinyRun.Recipe with { TeacherCount = 0, Teacher = null, TeacherTraining = null };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_TeachersOfAnotherRun_GiveTheStudentOfThatRun()
    {
        var before = LiveTensors.Count();
        var recipe = s_untaught with { BroughtTeachers = [Brought("teachers/0"), Brought("teachers/1")] };

        var results = TinyRun.Run(recipe, In("brought"), new RecordingObserver());

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal(TinyRun.Weights(finished.Folder)["student"], TinyRun.Weights(In("brought"))["student"]);
        Assert.Equal(
            finished.Results.Models.Select(model => (model.Name, model.Role, model.Errors, model.Nll, model.GainKept)),
            results.Models.Select(model => (model.Name, model.Role, model.Errors, model.Nll, model.GainKept)));
        // The teachers were paid for elsewhere.
        Assert.True(results.Cost!.DeviceHours < results.Models.Sum(model => model.TrainSeconds) / 3600);
    }

    [Fact]
    public void Run_BroughtBesideTrained_FollowsThemAndTeachesFromTheStore()
    {
        var recipe = TinyRun.Recipe with
        {
            BroughtTeachers = [Brought("baseline")],
            StudentTraining = TinyRun.Recipe.StudentTraining with { Views = new ViewOptions { Count = 2 } },
        };

        var results = TinyRun.Run(recipe, In("joined"), new RecordingObserver());
        var again = new RecordingObserver();
        TinyRun.Run(recipe, In("joined"), again);

        Assert.Equal(["teacher 1", "teacher 2", "teacher 3", "ensemble of 3", "baseline", "student"], results.Models.Select(model => model.Name));
        Assert.Equal("resnet8x0.25 + resnet8x0.125", results.Models[3].Architecture);
        Assert.Equal(results.Models[2].WeightsSha256, ModelFile.Read(Path.Combine(finished.Folder, "baseline")).WeightsSha256);
        Assert.Equal(3, results.EnsembleCurve!.Points.Count);
        Assert.All(again.Finished, stage => Assert.True(stage.WasDone, stage.Stage.Name));
    }

    [Fact]
    public void Run_AnswersOfATeacher_TeachWithoutANetwork()
    {
        // Answers that are always right teach as much as the labels do.
        var labels = new QuadrantsProvider().Load(new DatasetRequest()).Train.Labels;
        File.WriteAllLines(In("answers.csv"), labels.ToArray().Select((label, index) => $"{index},{label}").Prepend("index,label"));
        var before = LiveTensors.Count();

        var results = TinyRun.Run(
            s_untaught with { BroughtTeachers = [new BroughtTeacher { Path = In("answers.csv") }], ObjectiveOptions = new ObjectiveOptions { Temperature = 1 } },
            In("answered"), new RecordingObserver());

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal(["baseline", "student"], results.Models.Select(model => model.Name));
        Assert.True(results.Models[1].Accuracy > 0.5, $"{results.Models[1].Accuracy}");
        Assert.Null(results.Models[1].GainKept);
        Assert.NotEqual(TinyRun.Weights(In("answered"))["baseline"], TinyRun.Weights(In("answered"))["student"]);
    }

    [Fact]
    public void Run_AnswersBesideNetworks_ChangeTheStudent()
    {
        var data = new QuadrantsProvider().Load(new DatasetRequest()).Train;
        // Right more often than not, and otherwise anything.
        var noise = HashedValues.Uniform(90, data.Count * data.ClassCount);
        TeacherAnswers.WriteCsv(
            In("answers.csv"), [.. noise.Select((value, place) => (float)value + (data.Labels.Span[place / data.ClassCount] == place % data.ClassCount ? 0.5f : 0))], data.ClassCount);
        var counted = TinyRun.Recipe with { StudentTraining = TinyRun.Recipe.StudentTraining with { Views = new ViewOptions { Count = 1 } } };

        TinyRun.Run(counted, In("alone"), new RecordingObserver());
        TinyRun.Run(counted with { BroughtTeachers = [new BroughtTeacher { Path = In("answers.csv") }] }, In("joined"), new RecordingObserver());

        Assert.Equal(TinyRun.Weights(In("alone"))["teachers/1"], TinyRun.Weights(In("joined"))["teachers/1"]);
        Assert.NotEqual(TinyRun.Weights(In("alone"))["student"], TinyRun.Weights(In("joined"))["student"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Run_FittedAveraging_UsesTheValidationImagesInTrainingAndEvaluation(int views)
    {
        // Short training leaves two teachers of different worth, which equal weights cannot tell apart.
        var recipe = TinyRun.Recipe with
        {
            ValidationCount = 40,
            StudentTraining = TinyRun.Recipe.StudentTraining with { Views = new ViewOptions { Count = views } },
            TeacherTraining = TinyRun.Recipe.TeacherTraining! with { Epochs = 3 },
        };
        var fitted = recipe with { ObjectiveOptions = new ObjectiveOptions { Averaging = Averaging.Fitted } };

        var plain = TinyRun.Run(recipe, In($"plain{views}"), new RecordingObserver());
        var weighted = TinyRun.Run(fitted, In($"fitted{views}"), new RecordingObserver());

        Assert.Equal(plain.Models[0].Nll, weighted.Models[0].Nll);
        Assert.NotEqual(EnsembleOf(plain).Nll, EnsembleOf(weighted).Nll);
        Assert.NotEqual(TinyRun.Weights(In($"plain{views}"))["student"], TinyRun.Weights(In($"fitted{views}"))["student"]);
        Assert.All(weighted.Models, model => Assert.InRange(model.ValidationAccuracy!.Value, 0.2, 1));
    }

    [Fact]
    public void Validate_CombinationsThatCannotBe_NameThemselves()
    {
        Assert.Contains("Fitted", Fault(TinyRun.Recipe with { ObjectiveOptions = new ObjectiveOptions { Averaging = Averaging.Fitted } }), StringComparison.Ordinal);
        Assert.Contains("ValidationCount", Fault(s_untaught with { ValidationCount = 5, BroughtTeachers = [new BroughtTeacher { Path = "a.csv" }] }), StringComparison.Ordinal);
        Assert.Contains("Architecture", Fault(s_untaught with { BroughtTeachers = [new BroughtTeacher { Path = "a.safetensors" }] }), StringComparison.Ordinal);
        Assert.Contains("Path", Fault(s_untaught with { BroughtTeachers = [new BroughtTeacher { Path = " " }] }), StringComparison.Ordinal);

        static string Fault(DistillationRecipe recipe) => Assert.Throws<ArgumentException>(recipe.Validate).Message;
    }

    [Fact]
    public void Run_MissingTeacher_IsToldBeforeAnythingIsTrained()
    {
        var observer = new RecordingObserver((stage, _) => Assert.Fail(stage.Name));

        Assert.Throws<DataFaultException>(() => TinyRun.Run(s_untaught with { BroughtTeachers = [Brought("teachers/7")] }, In("run"), observer));

        Assert.Empty(observer.Started);
    }

    [Fact]
    public void Run_AnswersInAnotherOrder_AreRefusedBeforeAnythingIsTrained()
    {
        var labels = new QuadrantsProvider().Load(new DatasetRequest()).Train.Labels.ToArray();
        // Each image has the answer of its neighbour, which is always of another class.
        File.WriteAllLines(In("answers.csv"), labels.Select((_, index) => $"{index},{labels[(index + 1) % labels.Length]}").Prepend("index,label"));
        var observer = new RecordingObserver((stage, _) => Assert.Fail(stage.Name));

        var fault = Assert.Throws<DataFaultException>(
            () => TinyRun.Run(s_untaught with { BroughtTeachers = [new BroughtTeacher { Path = In("answers.csv") }] }, In("run"), observer));

        Assert.Contains("agree with 0 of 200 labels", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TeacherOfOtherImages_IsRefusedUnlessItIsMeant()
    {
        // The teachers of the finished run saw the images that this one holds out for validation.
        var recipe = s_untaught with { ValidationCount = 40, BroughtTeachers = [Brought("teachers/0")] };

        var fault = Assert.Throws<DataFaultException>(() => TinyRun.Run(recipe, In("refused"), new RecordingObserver()));
        var meant = TinyRun.Run(recipe with { BroughtTeachers = [Brought("teachers/0") with { AllowOtherImages = true }] }, In("meant"), new RecordingObserver());

        Assert.Contains("--teachers-of-other-images", fault.Message, StringComparison.Ordinal);
        Assert.Equal(4, meant.Models.Count);
    }

    [Fact]
    public void Run_BareWeights_TakeTheirOwnNormalisation()
    {
        var record = ModelFile.Read(Path.Combine(finished.Folder, "teachers/0"));
        var bare = new BroughtTeacher { Path = Path.Combine(finished.Folder, "teachers/0", ModelFile.WeightsName), Architecture = record.Architecture };

        var same = TinyRun.Run(s_untaught with { BroughtTeachers = [bare with { Mean = record.Mean, Std = record.Std }] }, In("same"), new RecordingObserver());
        var other = TinyRun.Run(s_untaught with { BroughtTeachers = [bare with { Mean = [0.9], Std = [0.1] }] }, In("other"), new RecordingObserver());

        Assert.Equal(finished.Results.Models[0].Nll, same.Models[0].Nll);
        Assert.NotEqual(same.Models[0].Nll, other.Models[0].Nll);
        Assert.NotEqual(TinyRun.Weights(In("same"))["student"], TinyRun.Weights(In("other"))["student"]);
        Assert.Throws<DataFaultException>(() => TinyRun.Run(s_untaught with { BroughtTeachers = [bare with { Mean = [0, 0], Std = [1, 1] }] }, In("wrong"), new RecordingObserver()));
    }

    [Fact]
    public void RunStage_TeacherTrainedAgainAfterTheStudent_IsNotEvaluatedBesideIt()
    {
        TinyRun.Run(TinyRun.Recipe, In("run"), new RecordingObserver());
        var record = ModelFile.Read(In("run/teachers/0"));
        var other = Ensemble.Storage.SafetensorsFile.Read(In("run/teachers/1/model.safetensors"));
        ModelFile.Write(In("run/teachers/0"), record, other.Tensors);

        var fault = Assert.Throws<DataFaultException>(
            () => TinyRun.Pipeline.RunStage(In("run"), StageKey.Evaluation, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken));

        Assert.Contains("do the stages soft-targets and student again", fault.Message, StringComparison.Ordinal);
    }

    private static ResultRecord EnsembleOf(ResultsFile results) => results.Models.Single(model => model.Role == ModelRole.Ensemble);

    private BroughtTeacher Brought(string part) => new() { Path = Path.Combine(finished.Folder, part) };

    private string In(string name) => Path.Combine(_folder.FullPath, name);
}
