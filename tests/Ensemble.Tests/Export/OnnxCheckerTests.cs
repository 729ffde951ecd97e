using System.Diagnostics;
using Ensemble.Export;

namespace Ensemble.Tests.Export;

/// <summary>What an independent reader of the format says of exported files.</summary>
public sealed class OnnxCheckerTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void Check_EveryFamilyAndPrecision_FindsNothing()
    {
        Assert.SkipUnless(File.Exists(Python) && Run("-c", "import onnx") is { ExitCode: 0 }, "needs python3-onnx");
        var benches = ExportBench.Families.Select(row => new ExportBench(row.Data, 4)).ToArray();
        try
        {
            var files = benches.SelectMany(bench => Enum.GetValues<ExportPrecision>().Select(precision => bench.Write(new ExportOptions
            {
                Precision = precision,
                HasSoftmax = precision == ExportPrecision.Fp16,
                Input = precision == ExportPrecision.Fp32 ? InputPixels.Float : InputPixels.UInt8,
                CalibrationImages = 4,
            }))).ToArray();

            var (exitCode, output) = Run([Path.Combine(AppContext.BaseDirectory, "Export", "check_onnx.py"), .. files]);

            Assert.Equal((0, ""), (exitCode, output));
        }
        finally
        {
            Array.ForEach(benches, bench => bench.Dispose());
        }
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
