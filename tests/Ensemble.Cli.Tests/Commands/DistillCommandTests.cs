using System.Text.RegularExpressions;
using Ensemble.Runs;

namespace Ensemble.Cli.Tests.Commands;

public sealed class DistillCommandTests(TinyRun run) : IClassFixture<TinyRun>
{
    [Fact]
    public void Run_TinyDigits_WritesResultsAndShowsThem()
    {
        Assert.Equal((ExitCode.Success, ""), (run.First.ExitCode, run.First.Error));
        var results = ResultsFile.Read(Path.Combine(run.RunPath, "results.json"));
        Assert.Equal(["teacher 1", "teacher 2", "ensemble of 2", "baseline", "student"], results.Models.Select(model => model.Name));
        Assert.Equal(TinyDigits.TestCount, results.Models[0].Count);
        foreach (var model in results.Models)
        {
            var line = run.First.Output.Split('\n').Single(line => line.StartsWith($"{model.Name} ", StringComparison.Ordinal) && line.Contains("mlp-", StringComparison.Ordinal));
            Assert.Contains($" {model.Errors} ", line, StringComparison.Ordinal);
            Assert.Contains($"{100 * model.Accuracy:0.00} (", line, StringComparison.Ordinal);
        }

        Assert.EndsWith($"\nthe run's folder: {run.RunPath}\nreport: {Path.Combine(run.RunPath, "report.html")}\n", run.First.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Plain_HasALineForEachEpochAndNoControlCharacters()
    {
        Assert.Equal(20, run.First.Output.Split('\n').Count(line => line.StartsWith("[1/6] teacher 1 of 2: epoch ", StringComparison.Ordinal)));
        Assert.Contains("[5/6] student: epoch 2 of 2, loss ", run.First.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.First.Output, letter => char.IsControl(letter) && letter != '\n');
    }

    [Fact]
    public void Run_Plain_AlignsTheTable()
    {
        var lines = run.First.Output.Split('\n');
        var header = Array.FindIndex(lines, line => line.StartsWith("model ", StringComparison.Ordinal));
        var table = lines[header..(header + 6)];

        Assert.Matches(@"^model +architecture +parameters +size kB +accuracy % \(95%\) +errors +agree % +gain kept % +train s +latency ms$", table[0]);
        // The last column is of numbers: every line ends where its header does.
        Assert.Single(table.Select(line => line.Length).Distinct());
    }

    [Fact]
    public void Run_ExportThatFails_ShowsWhatWasMeasuredFirst()
    {
        using var digits = new TinyDigits();
        var folder = Path.Combine(digits.RootPath, "run");
        string[] typed = digits.Distill("run", "--epochs", "1", "--export", "onnx", "--offline");
        Assert.Equal(ExitCode.Success, CliRun.Plain([.. typed[..^3]]).ExitCode);
        File.WriteAllText(Path.Combine(folder, "export"), "a file where a folder should be");

        var failed = CliRun.Plain(typed);

        Assert.Equal(ExitCode.Fault, failed.ExitCode);
        Assert.Contains(Path.Combine(folder, "export"), failed.ErrorLine, StringComparison.Ordinal);
        Assert.Matches(@"\nensemble of 2 +mlp-16 ", failed.Output);
        Assert.Contains($"\nreport: {Path.Combine(folder, "report.html")}\n", failed.Output, StringComparison.Ordinal);

        File.Delete(Path.Combine(folder, "export"));
        Assert.Equal(ExitCode.Success, CliRun.Plain(typed).ExitCode);
        Assert.True(File.Exists(Path.Combine(folder, "export", "student-fp32", "model.onnx")));
    }

    [Fact]
    public void Run_Manifest_HoldsWhatWasTyped()
    {
        var manifest = RunManifest.Read(Path.Combine(run.RunPath, "run.json"));

        Assert.Equal(["./ensemble", .. run.Digits.Distill(TinyRun.Folder, TinyRun.Training)], manifest.CommandLine);
        Assert.Equal(new FixedClock().GetUtcNow(), manifest.CreatedUtc);
    }

    [Fact]
    public void Run_SameFolderAgain_TrainsNothing()
    {
        var again = CliRun.Plain(run.Digits.Distill(TinyRun.Folder, TinyRun.Training));

        Assert.Equal(ExitCode.Success, again.ExitCode);
        Assert.Equal(6, Regex.Count(again.Output, "^.*: was done already$", RegexOptions.Multiline));
        Assert.DoesNotContain("epoch", again.Output, StringComparison.Ordinal);
        Assert.Contains("\nstudent ", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SameFolderOtherRecipe_IsRefused()
    {
        var other = CliRun.Plain(run.Digits.Distill(TinyRun.Folder, [.. TinyRun.Training, "--temperature", "5"]));

        Assert.Equal(ExitCode.Fault, other.ExitCode);
        Assert.StartsWith($"error: {Path.Combine(run.RunPath, "run.json")}: ", other.ErrorLine, StringComparison.Ordinal);
        Assert.EndsWith("name another folder for this run", other.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_UnknownModel_IsAUsageFaultAndBeginsNoRun()
    {
        var typed = run.Digits.Distill("unknown").Select(word => word == "mlp-16" ? "resnet21" : word).ToArray();

        var unknown = CliRun.Plain(typed);

        Assert.Equal(ExitCode.Usage, unknown.ExitCode);
        Assert.StartsWith("error: unknown model 'resnet21'; known: ", unknown.ErrorLine, StringComparison.Ordinal);
        Assert.EndsWith("did you mean 'resnet20'?", unknown.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(run.Digits.RootPath, "unknown")));
    }

    [Fact]
    public void Run_FolderOfDataNotThere_NamesIt()
    {
        var missing = Path.Combine(run.Digits.RootPath, "nowhere");
        var typed = run.Digits.Distill("missing").Select(word => word == run.Digits.DataPath ? missing : word).ToArray();

        var fault = CliRun.Plain(typed);

        Assert.Equal(ExitCode.Fault, fault.ExitCode);
        Assert.StartsWith($"error: {missing}: expected the four idx files", fault.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OutUnderAFile_SaysThatItCannotBeWritten()
    {
        var file = Path.Combine(run.Digits.RootPath, "file");
        File.WriteAllText(file, "");

        var fault = CliRun.Plain(run.Digits.Distill(Path.Combine("file", "run")));

        Assert.Equal(ExitCode.Fault, fault.ExitCode);
        Assert.StartsWith($"error: {Path.Combine(file, "run")}: cannot be written (", fault.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NameWithALineBreak_StaysOneLine()
    {
        var typed = run.Digits.Distill("break").Select(word => word == "mlp-16" ? "mlp\n\u001b[2J" : word).ToArray();

        Assert.StartsWith("error: unknown model 'mlp  [2J'", CliRun.Plain(typed).ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Terminal_ShowsBarsAndATableThatFits()
    {
        var live = CliRun.Terminal(80, run.Digits.Distill("live", "--epochs", "1"));

        Assert.Equal((ExitCode.Success, ""), (live.ExitCode, live.Error));
        Assert.Contains("\u001b[", live.Output, StringComparison.Ordinal);
        var lines = Regex.Replace(live.Output, @"\e\[[0-9;?]*[A-Za-z]", "").ReplaceLineEndings("\n").Split('\n', '\r');
        foreach (var stage in new[] { "teacher 1 of 2", "teacher 2 of 2", "baseline", "student", "evaluation" })
        {
            Assert.Contains(lines, line => Regex.IsMatch(line, $"^{stage} .* 100% .*in [0-9.]+ s"));
        }

        var written = lines.Where(line => !line.StartsWith("run folder: ", StringComparison.Ordinal) && !line.StartsWith("the run's folder: ", StringComparison.Ordinal));
        Assert.All(written, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, line => Regex.IsMatch(line, @"^model +architecture +parameters +accuracy % +agree +gain *$"));
        Assert.Contains(lines, line => line.StartsWith("(too narrow for: size kB, errors, train s, latency ms)", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_CtrlC_SaysHowToGoOn()
    {
        var typed = run.Digits.Distill("stopped", "--epochs", "1");

        var stopped = CliRun.Stopped(typed);
        var continued = CliRun.Plain(typed);

        Assert.Equal(ExitCode.Interrupted, stopped.ExitCode);
        Assert.Equal($"stopped; finished stages and checkpoints are kept, and this continues the run: ./ensemble {string.Join(' ', typed)}", stopped.ErrorLine);
        Assert.Equal(ExitCode.Success, continued.ExitCode);
    }
}
