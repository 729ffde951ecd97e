using System.Text.RegularExpressions;
using Ensemble.Runs;

namespace Ensemble.Cli.Tests.Commands;

public sealed class SweepCommandTests(TinySweepRun sweep) : IClassFixture<TinySweepRun>
{
    [Fact]
    public void Run_Whole_EndsInOneTableInEveryForm()
    {
        Assert.Equal((ExitCode.Success, ""), (sweep.First.ExitCode, sweep.First.Error));
        Assert.Contains("4 runs; reading the data set mnist ...", sweep.First.Output, StringComparison.Ordinal);
        Assert.Matches(@"student +objective +T +hard +seeds +parameters", sweep.First.Output);
        Assert.Matches(@"mlp-8 +kd +4 +0\.1 +2 +\d", sweep.First.Output);
        Assert.Matches(@"ensemble of 2 +mlp-16", sweep.First.Output);
        Assert.Contains("sharing teachers, answers and baselines saved", sweep.First.Output, StringComparison.Ordinal);
        var csv = File.ReadAllLines(sweep.In("results.csv"));
        Assert.StartsWith("student,objective,temperature,hard_weight,seeds,parameters", csv[0], StringComparison.Ordinal);
        Assert.Equal(["mlp-8,kd,4,0.1,1 2,", "mlp-4,kd,4,0.1,1 2,"], csv[1..].Select(line => Regex.Match(line, "^.*?1 2,").Value));
        Assert.Equal(2, File.ReadAllLines(sweep.In("results.md")).Count(line => line.StartsWith("| mlp-", StringComparison.Ordinal) && line.Contains(" kd ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Run_Again_DoesNothing()
    {
        var again = CliRun.Plain(sweep.Typed("sweep"));

        Assert.Equal((ExitCode.Success, ""), (again.ExitCode, again.Error));
        Assert.DoesNotContain("done in", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CommandsOfARun_WorkOnOneOfASweep()
    {
        var cell = sweep.In("runs", "mlp-8-s1");

        Assert.Matches(@"student +done +1 of 1", CliRun.Plain("runs", "show", cell).Output);
        Assert.Contains("was done already", CliRun.Plain("run", "stage", cell, "student").Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, CliRun.Plain("evaluate", Path.Combine(cell, "student"), "--data", "mnist", "--data-dir", sweep.Digits.DataPath).ExitCode);
        Assert.Equal(ExitCode.Success, CliRun.Plain("export", cell, "--to", "safetensors").ExitCode);
        Assert.Equal(ExitCode.Success, CliRun.Plain("plot", cell, "--curves").ExitCode);
    }

    [Fact]
    public void Run_RecipeOfOneOfItsRuns_IsARunOfItsOwnWithTheSameBits()
    {
        var again = CliRun.Plain("distill", "--recipe", sweep.In("runs", "mlp-8-s2", "run.json"), "--out", Path.Combine(sweep.RootPath, "alone"));

        Assert.Equal((ExitCode.Success, ""), (again.ExitCode, again.Error));
        Assert.Equal(sweep.Weights(Path.Combine("sweep", "runs", "mlp-8-s2")), sweep.Weights("alone"));
        Assert.Equal(2, sweep.Weights("alone").Length);
    }

    [Fact]
    public void Run_CommandsOfRuns_TakeASweep()
    {
        var figure = Path.Combine(sweep.RootPath, "figure.svg");

        Assert.Matches(@"mlp-8 +kd +4 +0\.1 +2 +\d", CliRun.Plain("runs", "show", sweep.In()).Output);
        Assert.Equal(4, CliRun.Plain("runs", "compare", sweep.In()).Output.Split('\n').Count(line => Regex.IsMatch(line, @"^mlp-\d-s\d +\w+ +mlp-\d +kd")));
        Assert.Equal(ExitCode.Success, CliRun.Plain("plot", sweep.In(), "--out", figure).ExitCode);
        Assert.Contains("students: means of 2 seeds", File.ReadAllText(figure), StringComparison.Ordinal);
        Assert.Contains("sweep sweep: mnist, 4 of 4 runs done", CliRun.Plain("runs", "list", sweep.RootPath).Output, StringComparison.Ordinal);
        Assert.Contains("capitals: the frontier", CliRun.Plain("runs", "compare", sweep.In()).Output.Replace("capital:", "capitals:", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("ensemble of 2", CliRun.Plain("evaluate", sweep.In(), "--data", "mnist", "--data-dir", sweep.Digits.DataPath).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_BeginAndEveryStage_EndsWithTheBitsOfOneCommand()
    {
        var begun = CliRun.Plain([.. sweep.Typed("staged"), "--begin"]);

        var commands = begun.Output.Split('\n').Where(line => line.StartsWith("./ensemble run stage ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4 + (4 * 3) + 1, commands.Length);
        Assert.EndsWith("staged table", commands[^1], StringComparison.Ordinal);
        var early = CliRun.Plain(commands[^1].Split(' ')[1..]);
        Assert.Equal(ExitCode.Fault, early.ExitCode);
        Assert.StartsWith("error: 4 of the sweep's runs have no results (mlp-8-s1, mlp-4-s1, mlp-8-s2, mlp-4-s2)", early.ErrorLine, StringComparison.Ordinal);
        foreach (var command in commands)
        {
            var stage = CliRun.Plain(command.Split(' ')[1..]);
            Assert.Equal((command, ExitCode.Success, ""), (command, stage.ExitCode, stage.Error));
        }

        Assert.Equal(sweep.Weights("sweep"), sweep.Weights("staged"));
    }

    [Fact]
    public void Run_OnATerminal_LeavesALineForEachStageAndTheTable()
    {
        var run = CliRun.Terminal(120, [.. sweep.Typed("terminal"), "--temperatures", "2"]);

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.All(new[] { "teacher 1 of 2: done in", "ensemble: done in", "mlp-8-s1 student: done in", "mlp-4-s2 evaluation: done in", "distilled %" }, text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_RunThatFails_EndsWithTheOthersAndExitOne()
    {
        string[] typed = [.. sweep.Typed("failing"), "--student-learning-rate", "1e30"];

        var run = CliRun.Plain(typed);

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.StartsWith("error: 4 of the sweep's runs have no results", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("missing: mlp-8-s1: ", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"ensemble of 2 +mlp-16", run.Output);
    }

    [Fact]
    public void Run_RecipeOfASweep_GivesTheSweepBack()
    {
        var again = CliRun.Plain("sweep", "--recipe", sweep.In("sweep.json"), "--out", Path.Combine(sweep.RootPath, "repeated"));

        Assert.Equal((ExitCode.Success, ""), (again.ExitCode, again.Error));
        Assert.Equal(sweep.Weights("sweep"), sweep.Weights("repeated"));
    }

    [Theory]
    [InlineData("--students: must name each value once, is mlp-8,mlp-8", "--students", "mlp-8,mlp-8")]
    [InlineData("--temperatures: must be above 0 and at most 1000, is -1", "--temperatures", "4,-1")]
    [InlineData("--hard-weights: must be 0 to 1, is 2", "--hard-weights", "2")]
    [InlineData("--seeds: must be a number, is x", "--seeds", "1,x")]
    [InlineData("--objectives: must be values with commas between them, is kd,", "--objectives", "kd,")]
    [InlineData("unknown model 'mlq-8'", "--students", "mlq-8")]
    [InlineData("--recipe: says all of a recipe; leave out", "--recipe", "sweep.json")]
    public void Run_WhatCannotBeMeant_IsToldInALine(string fault, string flag, string value)
    {
        var typed = sweep.Typed("refused").ToList();
        var place = typed.IndexOf(flag);
        if (place >= 0) typed.RemoveRange(place, 2);

        var run = CliRun.Plain([.. typed, flag, value]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith($"error: {fault}", run.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(sweep.RootPath, "refused")));
    }

    [Fact]
    public void Run_BaselineViewsOfDistill_AreInTheRecipe()
    {
        var folder = Path.Combine(sweep.RootPath, "distilled");
        CliRun.Plain("distill", "--data", "mnist", "--data-dir", sweep.Digits.DataPath, "--teacher", "mlp-8", "--student", "mlp-8", "--student-views", "2", "--baseline-views", "0", "--out", folder, "--begin");

        var recipe = RunManifest.Read(Path.Combine(folder, "run.json")).ReadRecipe<Ensemble.Pipeline.DistillationRecipe>("run.json");

        Assert.Equal((2, 0), (recipe.StudentTraining.Views.Count, recipe.BaselineTraining!.Views.Count));
    }
}
