using System.Text.RegularExpressions;

namespace Ensemble.Cli.Tests.Commands;

public sealed class ReportCommandTests(TinyRun run) : IClassFixture<TinyRun>
{
    [Fact]
    public void Run_FinishedRun_HasItsReportAndCanHaveItAgain()
    {
        var path = Path.Combine(run.RunPath, "report.html");
        Assert.True(File.Exists(path));
        File.Delete(path);

        var report = CliRun.Plain("report", run.RunPath);

        Assert.Equal((ExitCode.Success, $"report: {path}\n", ""), (report.ExitCode, report.Output, report.Error));
        var page = File.ReadAllText(path);
        Assert.Contains("mlp-8 distilled from 2 × mlp-16", page, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,", page, StringComparison.Ordinal);
        Assert.Contains($"./ensemble report {run.RunPath}", page, StringComparison.Ordinal);
        Assert.Contains("\"temperature\": ", page, StringComparison.Ordinal);
        Assert.True(new FileInfo(path).Length < 600_000);
    }

    [Fact]
    public void Run_Sweep_IsAReportOfItsCellsWithoutThoseThatAreUnfinished()
    {
        var sweep = Path.Combine(run.Digits.RootPath, "sweep");
        var (first, second, begun) = (Copy(sweep, "a", text => text), Copy(sweep, "b", text => Regex.Replace(text, "\"temperature\": [0-9.]+", "\"temperature\": 1.5")), Copy(sweep, "c", text => text));
        File.Delete(Path.Combine(begun, "results.json"));
        File.WriteAllText(Path.Combine(sweep, "sweep.json"), "{}");

        // As a person does who stands beside it; where the sweep lies on this machine is nobody's business.
        var named = Path.GetRelativePath(Environment.CurrentDirectory, sweep);
        var report = CliRun.Plain("report", named);
        var figure = CliRun.Plain("plot", sweep, "--temperature", "--out", Path.Combine(sweep, "temperature.svg"));

        Assert.Equal((ExitCode.Success, ""), (report.ExitCode, report.Error));
        var page = File.ReadAllText(Path.Combine(sweep, "report.html"));
        Assert.Contains("not in here: c.", page, StringComparison.Ordinal);
        Assert.Contains($"./ensemble distill --recipe {named}/runs/a/run.json", page, StringComparison.Ordinal);
        Assert.DoesNotContain($" {sweep}", page, StringComparison.Ordinal);
        Assert.Contains("2 with results", page, StringComparison.Ordinal);
        Assert.Contains("distilled, T = 1.5", page, StringComparison.Ordinal);
        Assert.Contains("The distilled student's error against the temperature", page, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Success, ""), (figure.ExitCode, figure.Error));
        Assert.Contains(">temperature of the soft targets</text>", File.ReadAllText(Path.Combine(sweep, "temperature.svg")), StringComparison.Ordinal);
        Assert.True(Directory.Exists(first) && Directory.Exists(second));
    }

    [Fact]
    public void Run_DamagedAnswers_IsAReportThatSaysSo()
    {
        var folder = Copy(Path.Combine(run.Digits.RootPath, "damaged"), "a", text => text);
        Directory.CreateDirectory(Path.Combine(folder, "evaluation"));
        File.WriteAllBytes(Path.Combine(folder, "evaluation", "answers.bin"), File.ReadAllBytes(Path.Combine(run.RunPath, "evaluation", "answers.bin"))[..^10]);

        var report = CliRun.Plain("report", folder);

        Assert.Equal((ExitCode.Success, ""), (report.ExitCode, report.Error));
        Assert.Contains("expected content with its sha256 at the end, found other bytes, or fewer", File.ReadAllText(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--reliability", "expected calibration error")]
    [InlineData("--confusion=ensemble", "true class")]
    [InlineData("--ensemble-size", "members")]
    public void Plot_OtherFigures_AreDrawn(string flag, string text)
    {
        var path = Path.Combine(run.Digits.RootPath, $"{flag.TrimStart('-').Replace('=', '-')}.svg");

        var plot = CliRun.Plain("plot", run.RunPath, flag, "--out", path);

        Assert.Equal((ExitCode.Success, $"figure: {path}\n", ""), (plot.ExitCode, plot.Output, plot.Error));
        Assert.Contains($">{text}", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--confusion: must be student or baseline or ensemble, is teacher", "--confusion", "teacher")]
    [InlineData("--reliability and --ensemble-size: each is a figure of its own; choose one", "--reliability", "--ensemble-size")]
    [InlineData("--ensemble-size: draws a figure of its own, with which --curves", "--ensemble-size", "--curves")]
    [InlineData("--temperature: no two of the runs", "--temperature")]
    public void Plot_WhatCannotBeMeant_IsToldInALine(string fault, params string[] flags)
    {
        var plot = CliRun.Plain(["plot", run.RunPath, .. flags]);

        Assert.Equal(ExitCode.Usage, plot.ExitCode);
        Assert.StartsWith($"error: {fault}", plot.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhatIsNoRunOrNoPage_IsToldInALine()
    {
        Assert.Equal((ExitCode.Usage, "error: --out: must end with .html, is a.pdf"), Of("report", run.RunPath, "--out", "a.pdf"));
        var (code, line) = Of("report", run.Digits.RootPath);
        Assert.Equal(ExitCode.Fault, code);
        Assert.Contains("no run.json", line, StringComparison.Ordinal);
    }

    private static (int Code, string Line) Of(params string[] arguments)
    {
        var run = CliRun.Plain(arguments);
        return (run.ExitCode, run.ErrorLine);
    }

    // A run's records without its weights and logs, as a cell of a sweep.
    private string Copy(string sweep, string name, Func<string, string> changeManifest)
    {
        var folder = Directory.CreateDirectory(Path.Combine(sweep, "runs", name)).FullName;
        File.WriteAllText(Path.Combine(folder, "run.json"), changeManifest(File.ReadAllText(Path.Combine(run.RunPath, "run.json"))));
        var results = File.ReadAllText(Path.Combine(run.RunPath, "results.json"));
        File.WriteAllText(Path.Combine(folder, "results.json"), Regex.Replace(results, "\"weightsSha256\": \"[^\"]*\"", "\"weightsSha256\": null"));
        return folder;
    }
}
