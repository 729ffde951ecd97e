using System.Text.RegularExpressions;

namespace Ensemble.Cli.Tests.Commands;

public sealed class PlotCommandTests(TinyRun run) : IClassFixture<TinyRun>
{
    [Fact]
    public void Run_OneRun_WritesAFigureWithItsModels()
    {
        var path = Path.Combine(run.Digits.RootPath, "figures", "size.svg");

        var plot = CliRun.Plain("plot", run.RunPath, "--x", "bytes", "--title", "tiny digits", "--out", path);

        Assert.Equal((ExitCode.Success, $"figure: {path}\n", ""), (plot.ExitCode, plot.Output, plot.Error));
        Assert.All(new[] { "tiny digits", "bytes", "ensemble of 2", "mlp-8", "student alone", "student distilled", "frontier" }, text => Assert.Contains($">{text}</text>", File.ReadAllText(path), StringComparison.Ordinal));
    }

    [Fact]
    public void Run_SeedsOfARecipe_AreOnePointAndOtherRecipesAnother()
    {
        var (second, cool) = (Copy("second", text => Regex.Replace(text, "\"seed\": 1\\b", "\"seed\": 2")), Copy("cool", text => Regex.Replace(text, "\"temperature\": [0-9.]+", "\"temperature\": 1.5")));
        var path = Path.Combine(run.Digits.RootPath, "several.svg");

        Assert.Equal(ExitCode.Success, CliRun.Plain("plot", run.RunPath, second, "--out", path).ExitCode);
        var seeds = File.ReadAllText(path);
        Assert.Equal(ExitCode.Success, CliRun.Plain("plot", run.RunPath, second, cool, "--out", path, "--bars", "deviation").ExitCode);
        var recipes = File.ReadAllText(path);

        Assert.Contains("students: means of 2 seeds; bars from the lowest to the highest", seeds, StringComparison.Ordinal);
        Assert.DoesNotContain("T = ", seeds, StringComparison.Ordinal);
        Assert.Contains("bars of one standard deviation", recipes, StringComparison.Ordinal);
        Assert.Contains(">distilled, T = 1.5</text>", recipes, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Curves_AreOfEveryNetwork()
    {
        var plot = CliRun.Plain("plot", run.RunPath, "--curves");
        var loss = CliRun.Plain("plot", run.RunPath, "--curves", "--quantity", "loss", "--out", Path.Combine(run.Digits.RootPath, "loss.svg"));

        Assert.Equal((ExitCode.Success, ""), (plot.ExitCode, plot.Error));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(run.RunPath, "curves.png"))[..4]);
        Assert.Equal((ExitCode.Success, ""), (loss.ExitCode, loss.Error));
        Assert.All(new[] { "teachers", "student alone", "student distilled", "epoch" }, text => Assert.Contains($">{text}</text>", File.ReadAllText(Path.Combine(run.Digits.RootPath, "loss.svg")), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--out: must end with .png or .svg, is a.jpg", "--out", "a.jpg")]
    [InlineData("--x: must be parameters or multiply-adds or bytes or latency, is weight", "--x", "weight")]
    [InlineData("--bars: must be range or deviation or interval, is all", "--bars", "all")]
    [InlineData("--x and --bars: have no meaning with --curves", "--curves", "--x", "bytes")]
    [InlineData("--quantity: has no meaning without --curves", "--quantity", "loss")]
    [InlineData("--curves: draws one run, not several", "--curves", "another")]
    public void Run_WhatCannotBeMeant_IsToldInALine(string fault, params string[] flags)
    {
        var plot = CliRun.Plain(["plot", run.RunPath, .. flags]);

        Assert.Equal(ExitCode.Usage, plot.ExitCode);
        Assert.StartsWith($"error: {fault}", plot.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RunsOfSeveralDataSets_AreRefused()
    {
        var other = Copy("other", text => text, text => text.Replace("\"dataset\": \"mnist\"", "\"dataset\": \"shapes\"", StringComparison.Ordinal));

        var plot = CliRun.Plain("plot", run.RunPath, other, "--out", "a.png");

        Assert.Equal((ExitCode.Usage, "error: plot: the runs are of several data sets (mnist, shapes); name runs of one"), (plot.ExitCode, plot.ErrorLine));
    }

    [Fact]
    public void Run_RunWithoutResultsOrLogsOrLatency_IsTold()
    {
        var empty = Copy("empty", text => text);
        File.Delete(Path.Combine(empty, "results.json"));
        var slow = Copy("slow", text => text, text => Regex.Replace(text, "\"latency\": \\{[^}]*\\}", "\"latency\": null"));

        Assert.Contains("let the run end", Fault("plot", empty, "--out", "a.png"), StringComparison.Ordinal);
        Assert.Contains("expected a latency, found none", Fault("plot", slow, "--x", "latency", "--out", "a.png"), StringComparison.Ordinal);
        Assert.Contains("with the accuracy of at least one epoch, found none", Fault("plot", empty, "--curves"), StringComparison.Ordinal);
        Assert.Contains("no run.json", Fault("plot", run.Digits.RootPath, "--curves"), StringComparison.Ordinal);
    }

    private static string Fault(params string[] arguments)
    {
        var plot = CliRun.Plain(arguments);
        Assert.Equal(ExitCode.Fault, plot.ExitCode);
        return plot.ErrorLine;
    }

    // The run's records without its weights and logs, in a folder of their own.
    private string Copy(string name, Func<string, string> changeManifest, Func<string, string>? changeResults = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(run.Digits.RootPath, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "run.json"), changeManifest(File.ReadAllText(Path.Combine(run.RunPath, "run.json"))));
        var results = File.ReadAllText(Path.Combine(run.RunPath, "results.json"));
        File.WriteAllText(Path.Combine(folder, "results.json"), changeResults?.Invoke(results) ?? Regex.Replace(results, "\"weightsSha256\": \"[^\"]*\"", "\"weightsSha256\": null").Replace("\"seed\": 1", "\"seed\": 2", StringComparison.Ordinal));
        return folder;
    }
}
