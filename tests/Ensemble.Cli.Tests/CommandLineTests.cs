namespace Ensemble.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("quickstart")]
    [InlineData("distill")]
    [InlineData("models")]
    [InlineData("data")]
    [InlineData("data list")]
    [InlineData("")]
    public void Run_Help_EndsWithExamplesOfTheCommand(string command)
    {
        var run = CliRun.Plain([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Empty(run.Error);
        var examples = run.Output[run.Output.IndexOf("Examples:", StringComparison.Ordinal)..].Trim().Split('\n').Skip(1).ToArray();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.StartsWith($"  ./ensemble {command}", example, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--teachers", "3")]
    [InlineData("--epochs", "30")]
    [InlineData("--teacher-epochs", "--epochs")]
    [InlineData("--student-epochs", "--epochs")]
    [InlineData("--temperature", "4")]
    [InlineData("--hard-weight", "0.1")]
    [InlineData("--averaging", "arithmetic")]
    [InlineData("--objective", "kd")]
    [InlineData("--seed", "1")]
    [InlineData("--device", "auto")]
    [InlineData("--precision", "auto")]
    [InlineData("--batch-size", "128")]
    [InlineData("--learning-rate", "0.1; mlp networks 0.05; adamw 0.001")]
    [InlineData("--out", "runs/distill-DATASET-TIME")]
    public void Run_DistillHelp_ShowsTheDefault(string flag, string standard)
    {
        var line = CliRun.Plain("distill", "--help").Output.Split('\n').Single(line => line.StartsWith($"  {flag} ", StringComparison.Ordinal));

        Assert.EndsWith($"[default: {standard}]", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Nothing_ShowsHelp()
    {
        var run = CliRun.Plain();

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("quickstart", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Version_IsOneLine()
    {
        var run = CliRun.Plain("--version");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Matches(@"^ensemble \d+\.\d+\.\d+\n$", run.Output);
    }

    [Theory]
    [InlineData("distil", "error: unknown command 'distil'; known: quickstart, train, distill, sweep, evaluate, runs, run, export, classify, plot, report, experiment, models, data; did you mean 'distill'? (see ./ensemble --help)")]
    [InlineData("distil --data x", "error: unknown command 'distil'; known: quickstart, train, distill, sweep, evaluate, runs, run, export, classify, plot, report, experiment, models, data; did you mean 'distill'? (see ./ensemble --help)")]
    [InlineData("quickstart --sead 3", "error: unknown flag '--sead'; did you mean '--seed'? (see ./ensemble quickstart --help)")]
    [InlineData("models --nothing-like-it", "error: unknown flag '--nothing-like-it' (see ./ensemble models --help)")]
    [InlineData("models resnet8", "error: 'resnet8' belongs to no flag (see ./ensemble models --help)")]
    [InlineData("data", "error: a command is missing: list, download, verify, preview, pack (see ./ensemble data --help)")]
    [InlineData("data list --trac", "error: unknown flag '--trac'; did you mean '--trace'? (see ./ensemble data list --help)")]
    public void Run_UnknownWord_IsAUsageFault(string typed, string expected)
    {
        var run = CliRun.Plain(typed.Split(' '));

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Equal(expected, run.ErrorLine);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Run_RequiredFlagsMissing_NamesThemAll()
    {
        var run = CliRun.Plain("distill", "--data", "shapes");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Equal("error: --teacher, --student: must be typed, or a --recipe (see ./ensemble distill --help)", run.ErrorLine);
    }

    [Fact]
    public void Run_Trace_AddsWhereTheFaultCameFrom()
    {
        string[] typed = ["distill", "--data", "nothing", "--teacher", "mlp-8", "--student", "mlp-8"];
        var plain = CliRun.Plain(typed);
        var traced = CliRun.Plain([.. typed, "--trace"]);

        Assert.Equal(plain.ExitCode, traced.ExitCode);
        Assert.DoesNotContain(" at Ensemble.", plain.Error, StringComparison.Ordinal);
        Assert.StartsWith(plain.Error, traced.Error, StringComparison.Ordinal);
        Assert.Contains(" at Ensemble.", traced.Error, StringComparison.Ordinal);
    }
}
