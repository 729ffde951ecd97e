using System.Text.RegularExpressions;

namespace Ensemble.Cli.Tests.Commands;

public sealed class RunsCommandTests(TinyRun run) : IClassFixture<TinyRun>
{
    [Fact]
    public void Run_List_ShowsEveryRunAndNothingElse()
    {
        var list = CliRun.Plain("runs", "list", run.Digits.RootPath);

        Assert.Equal((ExitCode.Success, ""), (list.ExitCode, list.Error));
        var lines = list.Output.TrimEnd('\n').Split('\n');
        Assert.Matches(@"^run +data set +teachers +student +seed +stages +ensemble % +baseline % +student % +gain kept %$", lines[0]);
        Assert.Contains(lines, line => Regex.IsMatch(line, @"^run +mnist +2 x mlp-16 +mlp-8 +1 +\d of \d +\d"));
        Assert.DoesNotContain(lines, line => line.StartsWith("data ", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ListOfNothing_SaysSo()
    {
        var empty = Directory.CreateDirectory(Path.Combine(run.Digits.RootPath, "empty")).FullName;

        Assert.Equal($"no runs in {empty}\n", CliRun.Plain("runs", "list", empty).Output);
        Assert.Equal(ExitCode.Fault, CliRun.Plain("runs", "list", Path.Combine(empty, "none")).ExitCode);
    }

    [Fact]
    public void Run_Show_HasEveryStageAndTheResults()
    {
        var show = CliRun.Plain("runs", "show", run.RunPath);

        Assert.Equal((ExitCode.Success, ""), (show.ExitCode, show.Error));
        Assert.Matches(@"teachers/0 +done +20 of 20 +\d", show.Output);
        Assert.Matches(@"student +done +2 of 2 +\d", show.Output);
        Assert.Matches(@"evaluation +done +- +-", show.Output);
        Assert.Contains("ensemble of 2", show.Output, StringComparison.Ordinal);
        Assert.Contains("hours of cpu", show.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ShowOfAStoppedRun_TellsWhatWaits()
    {
        CliRun.Plain([.. run.Digits.Distill("waiting", "--epochs", "1"), "--begin"]);

        var show = CliRun.Plain("runs", "show", Path.Combine(run.Digits.RootPath, "waiting"));

        Assert.Matches(@"teachers/0 +waiting +0 of 1", show.Output);
        Assert.Matches(@"evaluation +waiting", show.Output);
    }

    [Fact]
    public void Run_Compare_HasALineForEachRun()
    {
        var compare = CliRun.Plain("runs", "compare", run.RunPath, run.RunPath);

        Assert.Equal((ExitCode.Success, ""), (compare.ExitCode, compare.Error));
        Assert.Equal(2, compare.Output.Split('\n').Count(line => Regex.IsMatch(line, @"^run +mnist +mlp-8 +kd +\d")));
    }

    [Fact]
    public void Run_CompareOverDataSets_NamesThemAndDrawsNoFrontier()
    {
        var other = Directory.CreateDirectory(Path.Combine(run.Digits.RootPath, "other")).FullName;
        foreach (var name in (string[])["results.json", "run.json"])
        {
            var text = File.ReadAllText(Path.Combine(run.RunPath, name));
            File.WriteAllText(Path.Combine(other, name), text.Replace("\"dataset\": \"mnist\"", "\"dataset\": \"letters\"", StringComparison.Ordinal));
        }

        var compare = CliRun.Plain("runs", "compare", run.RunPath, other);

        Assert.Equal((ExitCode.Success, ""), (compare.ExitCode, compare.Error));
        Assert.Matches(@"(?m)^run +mnist +mlp-8", compare.Output);
        Assert.Matches(@"(?m)^other +letters +mlp-8", compare.Output);
        Assert.Contains("accuracies on 2 data sets say nothing about one another", compare.Output.Replace('\n', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain("frontier:", compare.Output, StringComparison.Ordinal);
        Assert.Contains("the frontier", CliRun.Plain("runs", "compare", run.RunPath).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_HourlyRateStatedLater_IsInTheResults()
    {
        var again = CliRun.Plain([.. run.Digits.Distill(TinyRun.Folder, TinyRun.Training), "--hourly-rate", "36000"]);

        // 36,000 an hour are 10 a second.
        Assert.Equal((ExitCode.Success, ""), (again.ExitCode, again.Error));
        Assert.Matches(@"at 36000 an hour cost \d+\.\d\d", again.Output.Replace("\n", " ", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_Train_IsARunWithoutTeachers()
    {
        var train = CliRun.Plain(
            "train", "--data", "mnist", "--data-dir", run.Digits.DataPath, "--model", "mlp-16", "--epochs", "20", "--batch-size", "20", "--device", "cpu",
            "--precision", "fp32", "--optimizer", "adamw", "--schedule", "onecycle", "--label-smoothing", "0.1", "--augmentation", "none", "--out", Path.Combine(run.Digits.RootPath, "alone"));

        Assert.Equal((ExitCode.Success, ""), (train.ExitCode, train.Error));
        Assert.DoesNotContain("student", train.Output, StringComparison.Ordinal);
        var results = Ensemble.Runs.ResultsFile.Read(Path.Combine(run.Digits.RootPath, "alone", "results.json"));
        var model = Assert.Single(results.Models);
        Assert.True(model.Accuracy > 0.9, $"{model.Accuracy}");
        Assert.Null(model.Agreement);
        Assert.Matches(@"alone +mnist +- +mlp-16", CliRun.Plain("runs", "list", run.Digits.RootPath).Output);
    }
}
