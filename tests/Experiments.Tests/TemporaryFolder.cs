namespace Ensemble.Experiments.Tests;

/// <summary>A folder of its own for a test, removed with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("ensemble-experiments-").FullName;

    public string At(params ReadOnlySpan<string> parts) => Path.Combine([FullPath, .. parts]);

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
