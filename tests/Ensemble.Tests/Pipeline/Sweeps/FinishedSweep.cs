using Ensemble.Pipeline.Sweeps;
using Ensemble.Tests.Data;

namespace Ensemble.Tests.Pipeline.Sweeps;

/// <summary>One undisturbed tiny sweep that several tests look at and none changes.</summary>
public sealed class FinishedSweep : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FinishedSweep() => Results = TinySweep.Run(TinySweep.Recipe, Folder, Observer);

    internal RecordingObserver Observer { get; } = new();

    internal SweepResults Results { get; }

    internal string Folder => Path.Combine(_folder.FullPath, "sweep");

    public void Dispose() => _folder.Dispose();
}
