#:project ../../src/Ensemble/Ensemble.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true
#:property TieredPGO=true

// What one call into libtorch costs: an add of four floats without gradients, the result disposed. PyTorch's own cost is
// measured beside it, in turn, where the machine's /usr/bin/python3 has torch.
//
//     dotnet run -c Release experiments/benchmarks/call-cost.cs

using System.Diagnostics;
using System.Globalization;
using TorchSharp;

const int CallsPerBatch = 50_000;
const int Batches = 15;
const string Twin = """
    import time, torch
    torch.set_num_threads(1)
    a, b = torch.rand(4), torch.rand(4)
    best = []
    with torch.no_grad():
        for _ in range(15):
            begin = time.perf_counter()
            for _ in range(50000):
                a.add(b)
            best.append((time.perf_counter() - begin) / 50000 * 1e6)
    print(sorted(best)[7])
    """;

using var first = torch.rand(4);
using var second = torch.rand(4);
using var guard = torch.no_grad();
Measure();
Console.WriteLine($"libtorch {torch.__version__}, {Environment.ProcessorCount} cores");
Console.WriteLine($"this binding, median of {Batches} batches: {Measure():F3} us a call");
Console.WriteLine(MeasurePyTorch() is { } peer ? $"PyTorch from Python, likewise:          {peer:F3} us a call" : "PyTorch from Python: not on this machine");

double Measure()
{
    var microseconds = new double[Batches];
    for (var batch = 0; batch < Batches; batch++)
    {
        var watch = Stopwatch.StartNew();
        for (var call = 0; call < CallsPerBatch; call++)
        {
            first.add(second).Dispose();
        }

        microseconds[batch] = watch.Elapsed.TotalMicroseconds / CallsPerBatch;
    }

    return microseconds.Order().ElementAt(Batches / 2);
}

static double? MeasurePyTorch()
{
    const string python = "/usr/bin/python3";
    if (!File.Exists(python))
    {
        return null;
    }

    using var process = Process.Start(new ProcessStartInfo(python, ["-c", Twin]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? double.Parse(output, CultureInfo.InvariantCulture) : null;
}
