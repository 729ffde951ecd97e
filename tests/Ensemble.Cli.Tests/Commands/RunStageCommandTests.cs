using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Cli.Tests.Commands;

public sealed class RunStageCommandTests : IDisposable
{
    private static readonly string[] s_flags = ["--epochs", "3", "--student-views", "1", "--validation", "30"];

    private readonly TinyDigits _digits = new();

    public void Dispose() => _digits.Dispose();

    [Fact]
    public void Run_StageAfterStage_EndsWithTheBitsOfOneCommand()
    {
        Assert.Equal(ExitCode.Success, CliRun.Plain(_digits.Distill("whole", s_flags)).ExitCode);

        var begun = CliRun.Plain([.. _digits.Distill("staged", s_flags), "--begin"]);

        Assert.Equal((ExitCode.Success, ""), (begun.ExitCode, begun.Error));
        var commands = begun.Output.Split('\n').Where(line => line.StartsWith("./ensemble run stage ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            ["teachers/0", "teachers/1", "soft-targets", "baseline", "student", "evaluation"], commands.Select(command => command.Split(' ')[^1]));
        foreach (var command in commands)
        {
            var stage = CliRun.Plain(command.Split(' ')[1..]);
            Assert.Equal((ExitCode.Success, ""), (stage.ExitCode, stage.Error));
        }

        Assert.Equal(Weights("whole"), Weights("staged"));
        var (whole, staged) = (Results("whole"), Results("staged"));
        Assert.Equal(whole.Recipe, staged.Recipe);
        Assert.Equal(
            whole.Models.Select(model => (model.Name, model.Errors, model.Nll, model.ValidationAccuracy)),
            staged.Models.Select(model => (model.Name, model.Errors, model.Nll, model.ValidationAccuracy)));
        Assert.All(staged.Models, model => Assert.InRange(model.ValidationAccuracy!.Value, 0, 1));
    }

    [Fact]
    public void Run_StageBeforeWhatItNeeds_NamesTheStageToDoFirst()
    {
        CliRun.Plain([.. _digits.Distill("run", s_flags), "--begin"]);

        var student = Stage("student");
        var evaluation = Stage("evaluation");

        Assert.Equal((ExitCode.Fault, ExitCode.Fault), (student.ExitCode, evaluation.ExitCode));
        Assert.Contains("do the stage teachers/0 first", student.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("do the stage teachers/0 first", evaluation.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("teachers/2")]
    [InlineData("teachers/-1")]
    [InlineData("../student")]
    [InlineData("")]
    public void Run_UnknownStage_NamesThoseOfTheRun(string key)
    {
        CliRun.Plain([.. _digits.Distill("run", s_flags), "--begin"]);

        var run = Stage(key);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("known: teachers/0, teachers/1, soft-targets, baseline, student, evaluation", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FolderWithoutARun_IsOneLine()
    {
        var run = CliRun.Plain("run", "stage", _digits.DataPath, "baseline");

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.Contains("no run.json", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RecipeOfARun_GivesTheRunBack()
    {
        Assert.Equal(ExitCode.Success, CliRun.Plain(_digits.Distill("whole", s_flags)).ExitCode);

        var again = CliRun.Plain("distill", "--recipe", In("whole", "run.json"), "--out", In("again"));

        Assert.Equal((ExitCode.Success, ""), (again.ExitCode, again.Error));
        Assert.Equal(Weights("whole"), Weights("again"));
        Assert.Equal(Results("whole").Recipe, Results("again").Recipe);
    }

    [Fact]
    public void Run_RecipeBesideFlagsOfARecipe_NamesThem()
    {
        CliRun.Plain([.. _digits.Distill("run", s_flags), "--begin"]);

        var run = CliRun.Plain("distill", "--recipe", In("run", "run.json"), "--temperature", "5", "--student-ema", "0.5");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Equal("error: --recipe: says all of a recipe; leave out --student-ema, --temperature", run.ErrorLine);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"recipe\": 3}")]
    [InlineData("not json")]
    [InlineData("{\"dataset\": \"shapes\", \"teacher\": \"mlp-8\", \"student\": \"mlp-8\", \"teacherTraining\": {\"epochs\": 0}, \"studentTraining\": {}}")]
    public void Run_FileThatIsNoRecipe_IsOneLine(string content)
    {
        var path = In("recipe.json");
        File.WriteAllText(path, content);

        var run = CliRun.Plain("distill", "--recipe", path);

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.StartsWith($"error: {path}: expected ", run.ErrorLine, StringComparison.Ordinal);
    }

    private CliRun Stage(string key) => CliRun.Plain("run", "stage", In("run"), key);

    private string In(params string[] parts) => Path.Combine([_digits.RootPath, .. parts]);

    private ResultsFile Results(string folder) => ResultsFile.Read(In(folder, "results.json"));

    private string[] Weights(string folder) =>
    [
        .. Directory.EnumerateFiles(In(folder), ModelFile.WeightsName, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(In(folder), file)} {FileChecksum.Sha256(file)}"),
    ];
}
