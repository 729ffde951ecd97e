using System.Diagnostics;
using System.Globalization;
using Ensemble.Data;
using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Cli.Tests.Commands;

public sealed class KilledRunTests : IDisposable
{
    private const int Kills = 10;

    // Dropout, a moving average, stored soft targets: all that has a state of its own.
    private static readonly string[] s_flags =
    [
        "--teacher", "mlp-16-dropout", "--student-ema", "0.9", "--student-views", "2",
        "--checkpoint-seconds", "0", "--seed", "5",
    ];

    private readonly TinyDigits _digits = new();

    public void Dispose() => _digits.Dispose();

    [Fact]
    public void Run_KilledTenTimesAtRandomPoints_EndsWithTheBitsOfAnUndisturbedRun()
    {
        var watch = Stopwatch.StartNew();
        using (var whole = Start("whole"))
        {
            Assert.True(whole.WaitForExit(TimeSpan.FromMinutes(5)));
            Assert.Equal(ExitCode.Success, whole.ExitCode);
        }

        var expected = Outcome("whole");
        var longest = watch.Elapsed;
        var random = new RandomStream(11, "test/kills");
        for (var kills = 0; kills < Kills;)
        {
            using var torn = Start("torn");
            if (torn.WaitForExit(longest * random.NextDouble()))
            {
                // It was done before: held against the other, and begun anew for the kills that are left.
                Assert.Equal(ExitCode.Success, torn.ExitCode);
                Assert.Equal(expected, Outcome("torn"));
                Directory.Delete(Path.Combine(_digits.RootPath, "torn"), recursive: true);
                continue;
            }

            // SIGKILL: nothing of the process runs after it.
            torn.Kill();
            torn.WaitForExit();
            kills++;
        }

        using var last = Start("torn");
        Assert.True(last.WaitForExit(TimeSpan.FromMinutes(5)));

        Assert.Equal(ExitCode.Success, last.ExitCode);
        Assert.Equal(expected, Outcome("torn"));
        Assert.Empty(Directory.GetFiles(Path.Combine(_digits.RootPath, "torn"), "checkpoint*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Run_FolderOfARunningProcess_SaysSoAndStops()
    {
        using var first = Start("shared", epochs: 100_000);
        try
        {
            // Written under the lock, after the owner's name.
            var begun = Path.Combine(_digits.RootPath, "shared", "run.json");
            Assert.True(SpinWait.SpinUntil(() => File.Exists(begun) || first.HasExited, TimeSpan.FromMinutes(1)));

            var second = CliRun.Plain(Typed("shared", epochs: 100_000));
            var stage = CliRun.Plain("run", "stage", Path.Combine(_digits.RootPath, "shared"), "baseline");

            var fault = $"in use by process {first.Id.ToString(CultureInfo.InvariantCulture)} on {Environment.MachineName}";
            Assert.Equal((ExitCode.Fault, ExitCode.Fault), (second.ExitCode, stage.ExitCode));
            Assert.Contains(fault, second.ErrorLine, StringComparison.Ordinal);
            Assert.Contains(fault, stage.ErrorLine, StringComparison.Ordinal);
        }
        finally
        {
            first.Kill();
            first.WaitForExit();
        }
    }

    private string[] Typed(string folder, int epochs = 12) => [.. _digits.Distill(folder).Where(word => word is not ("--teacher" or "mlp-16")), .. s_flags, "--epochs", $"{epochs}"];

    private Process Start(string folder, int epochs = 12)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(CommandLine).Assembly.Location, .. Typed(folder, epochs)])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    // Every network's weights, and what was measured but for the times.
    private List<string> Outcome(string folder)
    {
        var path = Path.Combine(_digits.RootPath, folder);
        var weights = Directory.EnumerateFiles(path, ModelFile.WeightsName, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(path, file)}: {FileChecksum.Sha256(file)}");
        var results = ResultsFile.Read(Path.Combine(path, "results.json")).Models
            .Select(model => CanonicalJson.Serialize(model with { TrainSeconds = 0, Cost = null, Latency = null }));
        var metrics = Directory.EnumerateFiles(path, MetricsLog.FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(file => new MetricsLog(file).Read().Select(entry => CanonicalJson.Serialize(entry with { Seconds = 0, ImagesPerSecond = 0 })));
        return [.. weights, .. results, .. metrics];
    }
}
