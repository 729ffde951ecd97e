using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Cli.Tests.Commands;

/// <summary>One tiny sweep over tiny digits, shared by the tests that look at it.</summary>
public sealed class TinySweepRun : IDisposable
{
    public TinySweepRun() => First = CliRun.Plain(Typed("sweep"));

    internal TinyDigits Digits { get; } = new();

    internal string RootPath => Digits.RootPath;

    internal CliRun First { get; }

    public void Dispose() => Digits.Dispose();

    internal string In(params string[] parts) => Path.Combine([RootPath, "sweep", .. parts]);

    internal string[] Typed(string folder) =>
    [
        "sweep", "--data", "mnist", "--data-dir", Digits.DataPath, "--teacher", "mlp-16", "--teachers", "2", "--students", "mlp-8,mlp-4", "--seeds", "1,2", "--epochs", "1", "--student-views", "1",
        "--batch-size", "20", "--device", "cpu", "--precision", "fp32", "--out", Path.Combine(RootPath, folder),
    ];

    internal string[] Weights(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(RootPath, folder), ModelFile.WeightsName, SearchOption.AllDirectories).Where(file => !file.Contains("export", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(Path.Combine(RootPath, folder), file)} {FileChecksum.Sha256(file)}"),
    ];
}
