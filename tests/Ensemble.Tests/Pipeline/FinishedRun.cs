using Ensemble.Runs;
using Ensemble.Tests.Data;

namespace Ensemble.Tests.Pipeline;

/// <summary>One undisturbed tiny run that several tests look at and none changes.</summary>
public sealed class FinishedRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FinishedRun() => Results = TinyRun.Run(TinyRun.Recipe, Folder, Observer);

    internal RecordingObserver Observer { get; } = new();

    internal ResultsFile Results { get; }

    internal string Folder => Path.Combine(_folder.FullPath, "run");

    public void Dispose() => _folder.Dispose();
}
