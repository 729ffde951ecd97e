using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ensemble.Data;
using Ensemble.Tests.Oracle;
using TorchSharp;

namespace Ensemble.Tests.Data;

/// <summary>A view is a function of (seed, view, sample): what stored soft targets and continued runs stand on.</summary>
[Collection(TensorTests.Name)]
public sealed class ReplayedViewTests : IDisposable
{
    private const string OutputVariable = "ENSEMBLE_TESTS_REPLAY";
    private const int Samples = 60;
    private const int Views = 2;
    private const ulong Seed = 11;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GatherViews_InAnotherProcessAndOtherBatches_ReplayTheSameBits()
    {
        var file = Path.Combine(_folder.FullPath, "checksums");

        var here = Checksums(Enumerable.Range(0, Samples), batchSize: 16);
        var child = RunReplay(file);

        Assert.True(child.ExitCode == 0 && File.Exists(file), child.Output);
        var there = File.ReadAllLines(file);
        Assert.Equal(Samples * Views, there.Length);
        Assert.Equal(here, there);
        Assert.Equal(here.Length, here.Distinct().Count());
    }

    /// <summary>The other process: all samples backwards, seven at a time, on two threads.</summary>
    [Fact(Explicit = true)]
    public void Replay_ForTheTestAbove_WritesChecksums()
    {
        var file = Environment.GetEnvironmentVariable(OutputVariable);
        Assert.SkipWhen(file is null, $"started by another test, which sets {OutputVariable}");
        torch.set_num_threads(2);
        File.WriteAllLines(file!, Checksums(Enumerable.Range(0, Samples).Reverse(), batchSize: 7));
    }

    // A line for each view of each sample, in the order of the samples.
    private static string[] Checksums(IEnumerable<int> order, int batchSize)
    {
        var dataset = ViewValues.Drawn(Samples, channels: 3, side: 32);
        var options = AugmentationOptions.CropAndFlip with { CutoutPixels = 8, Brightness = 0.4, Contrast = 0.4, Saturation = 0.4, MixupAlpha = 0.5 };
        using var resident = new ResidentDataset(dataset, ChannelStatistics.Measure(dataset), options, torch.CPU);
        var lines = new SortedDictionary<(int Sample, int View), string>();
        for (var view = 0; view < Views; view++)
        {
            foreach (var indices in order.Chunk(batchSize))
            {
                using var batch = resident.GatherViews(indices, Seed, view);
                var rows = ViewValues.Rows(batch);
                for (var row = 0; row < rows.Length; row++)
                {
                    lines[(indices[row], view)] = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(rows[row].AsSpan())));
                }
            }
        }

        return [.. lines.Select(line => $"{line.Key.Sample} {line.Key.View} {line.Value}")];
    }

    private static (int ExitCode, string Output) RunReplay(string file)
    {
        var assembly = typeof(ReplayedViewTests).Assembly.Location;
        var program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [assembly] : [];
        string[] method = ["-noLogo", "-noColor", "-noAutoReporters", "-explicit", "only", "-method", $"{typeof(ReplayedViewTests).FullName}.{nameof(Replay_ForTheTestAbove_WritesChecksums)}"];
        var start = new ProcessStartInfo(program, [.. host, .. method]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[OutputVariable] = file;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
