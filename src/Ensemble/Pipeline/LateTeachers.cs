namespace Ensemble.Pipeline;

/// <summary>Teachers that are brought along, read when they are first asked for. Owns them.</summary>
/// <param name="read">Reads them.</param>
internal sealed class LateTeachers(Func<BroughtTeachers> read) : IDisposable
{
    private BroughtTeachers? _value;

    /// <summary>The teachers.</summary>
    /// <exception cref="EnsembleException">A file is missing or damaged, or is of other images or classes.</exception>
    public BroughtTeachers Value => _value ??= read();

    /// <inheritdoc/>
    public void Dispose() => _value?.Dispose();
}
