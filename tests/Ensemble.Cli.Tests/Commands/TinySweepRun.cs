using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Cli.Tests.Commands;

/// <summary>One tiny sweep on drawn images, shared by the tests that look at it.</summary>
public sealed class TinySweepRun : IDisposable
{
    public TinySweepRun() => First = CliRun.Plain(Typed("sweep"));

    internal string RootPath { get; } = Directory.CreateTempSubdirectory("ensemble-cli-tests-").FullName;

    internal CliRun First { get; }

    public void Dispose() => Directory.Delete(RootPath, recursive: true);

    internal string In(params string[] parts) => Path.Combine([RootPath, "sweep", .. parts]);

    internal string[] Typed(string folder) =>
    [
        "sweep", "--data", "shapes", "--teacher", "mlp-16", "--teachers", "2", "--students", "mlp-8,mlp-4", "--seeds", "1,2", "--epochs", "1", "--student-views", "1",
        "--device", "cpu", "--precision", "fp32", "--out", Path.Combine(RootPath, folder),
    ];

    internal string[] Weights(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(RootPath, folder), ModelFile.WeightsName, SearchOption.AllDirectories).Where(file => !file.Contains("export", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(Path.Combine(RootPath, folder), file)} {FileChecksum.Sha256(file)}"),
    ];
}
