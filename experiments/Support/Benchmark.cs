using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ensemble.Acceleration;
using Ensemble.Runs;
using TorchSharp;

namespace Ensemble.Experiments;

/// <summary>What every benchmark begins and ends with: what was typed, the machine and its threads, and the file of results.</summary>
public sealed class Benchmark
{
    private static readonly JsonSerializerOptions s_machine = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };
    private readonly string[] _arguments;

    /// <summary>Has libtorch take one thread a core, or as many as OMP_NUM_THREADS says, as PyTorch does.</summary>
    /// <param name="arguments">What was typed.</param>
    public Benchmark(string[] arguments)
    {
        _arguments = arguments;
        Threads = int.Parse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS") ?? "0", CultureInfo.InvariantCulture) is > 0 and var told ? told : Environment.ProcessorCount;
        torch.set_num_threads(Threads);
    }

    /// <summary>A GPU where there is one.</summary>
    public torch.Device Device { get; } = DeviceSelector.Resolve("auto");

    /// <summary>The machine, as runs record it.</summary>
    public MachineInfo Machine => MachineInfo.Read(torch.__version__, Device.ToString());

    /// <summary>The threads of an operation, at least 1.</summary>
    public int Threads { get; }

    /// <summary>The load of the machine over 1, 5 and 15 minutes, to tell a measurement beside other work.</summary>
    public static string Load => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "not known";

    /// <summary>Whether --quick was typed: drawn images and tiny networks, to see that it works.</summary>
    public bool IsQuick => _arguments.Contains("--quick");

    /// <summary>The word behind a flag; null where it was not typed.</summary>
    /// <param name="flag">The flag with its dashes.</param>
    public string? Argument(string flag) => Array.IndexOf(_arguments, flag) is >= 0 and var place && place + 1 < _arguments.Length ? _arguments[place + 1] : null;

    /// <summary>The whole number behind a flag.</summary>
    /// <param name="flag">The flag with its dashes.</param>
    /// <param name="otherwise">What it is where it was not typed.</param>
    public int Number(string flag, int otherwise) => Argument(flag) is { } typed ? int.Parse(typed, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Starts PyTorch in a process of its own; the caller disposes it.</summary>
    public TorchPeer StartPeer() => new(Argument("--python") ?? "/usr/bin/python3", Threads);

    /// <summary>The value in the middle; of an even number the upper one.</summary>
    /// <param name="values">At least one.</param>
    public static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }

    /// <summary>Seconds that something takes, the device's work included.</summary>
    /// <param name="action">What.</param>
    public double Seconds(Action action)
    {
        Wait();
        var watch = Stopwatch.StartNew();
        action();
        Wait();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Writes results behind the date, the machine, its threads and load.</summary>
    /// <param name="name">The benchmark; the device's kind follows it in the file's name.</param>
    /// <param name="folder">Where; null for experiments/results/speed.</param>
    /// <param name="results">What was measured.</param>
    /// <returns>The file.</returns>
    public string Write(string name, string? folder, JsonObject results)
    {
        var report = new JsonObject
        {
            ["createdUtc"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture),
            ["machine"] = JsonSerializer.SerializeToNode(Machine, s_machine),
            ["threads"] = Threads,
            ["load"] = Load,
        };
        foreach (var (key, value) in results)
        {
            report[key] = value?.DeepClone();
        }

        folder ??= Path.Combine("experiments", "results", "speed");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{name}-{(Device.type == DeviceType.CUDA ? "cuda" : "cpu")}.json");
        File.WriteAllText(path, report.ToJsonString(s_indented) + "\n");
        return path;
    }

    private void Wait()
    {
        if (Device.type == DeviceType.CUDA)
        {
            torch.cuda.synchronize(Device);
        }
    }
}
