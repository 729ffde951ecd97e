#:project ../Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true

// What the program costs besides its arithmetic: seconds until ./ensemble --version has answered, and the memory that a whole
// job on CIFAR-10 takes at most: five airbench teachers, their answers on two views of 50,000 images, a resnet8 alone and taught,
// all measured. One epoch of each, as memory does not grow with them.
//
//     dotnet run -c Release experiments/benchmarks/footprint.cs [-- --data DIR] [--runs DIR] [--quick]
//
// Start it in the repository's root, on a machine that does nothing else. Memory is what Linux calls VmHWM, the most that was
// resident at once in the one process that does the job. Results land in experiments/results/speed/footprint-DEVICE.json; with
// --quick (drawn images, tiny networks) beside the run instead.

using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Ensemble.Experiments;

var benchmark = new Benchmark(args);
var folder = benchmark.Argument("--runs") ?? (benchmark.IsQuick ? "runs/footprint-quick" : "runs/footprint");
var run = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd-HHmmss}"));
string[] data = benchmark.IsQuick ? ["--data", "shapes", "--teacher", "resnet8x0.5"] : ["--data", "cifar10", "--teacher", "airbench"];
string[] job =
[
    "distill", .. data, .. benchmark.Argument("--data") is { } directory ? new[] { "--data-dir", directory } : [],
    "--teachers", "5", "--student", "resnet8", "--epochs", "1", "--student-views", "2", "--out", run,
];

// The first start may build, and reads the program from the disk.
Launch("--version");
double[] starts = [.. Enumerable.Range(0, 9).Select(_ => Launch("--version").Seconds)];
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"./ensemble --version: {Benchmark.Median(starts):0.000} s, median of {starts.Length} ({starts.Min():0.000} to {starts.Max():0.000})"));

var (seconds, peakBytes) = Launch(job);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"./ensemble {string.Join(' ', job)}: at most {peakBytes / 1e9:0.00} GB in {seconds:0} s"));

var path = benchmark.Write("footprint", benchmark.IsQuick ? folder : null, new JsonObject
{
    ["startSeconds"] = new JsonObject { ["median"] = Round(Benchmark.Median(starts)), ["min"] = Round(starts.Min()), ["max"] = Round(starts.Max()) },
    ["job"] = string.Join(' ', job.SkipLast(2)),
    ["peakGigabytes"] = Round(peakBytes / 1e9),
});
Console.WriteLine($"written: {path}");

// One run of the launcher, which becomes the program: how long, and the most memory that was seen.
static (double Seconds, long PeakBytes) Launch(params string[] arguments)
{
    var watch = Stopwatch.StartNew();
    using var process = Process.Start(new ProcessStartInfo("./ensemble", arguments) { RedirectStandardOutput = true })!;
    var reading = process.StandardOutput.ReadToEndAsync();
    var peak = 0L;
    while (!process.WaitForExit(50))
    {
        peak = Math.Max(peak, PeakBytes(process.Id));
    }

    var seconds = watch.Elapsed.TotalSeconds;
    reading.Wait();
    return process.ExitCode == 0 ? (seconds, peak) : throw new InvalidOperationException($"./ensemble {string.Join(' ', arguments)} ended with {process.ExitCode}: {reading.Result}");
}

// Of a process that ended meanwhile, nothing.
static long PeakBytes(int id)
{
    try
    {
        var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
    catch (IOException)
    {
        return 0;
    }
}

static double Round(double value) => Math.Round(value, 3);
