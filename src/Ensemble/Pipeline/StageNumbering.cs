namespace Ensemble.Pipeline;

/// <summary>Names a run's stages among all those of a sweep.</summary>
/// <param name="Prefix">What their names begin with; empty for nothing.</param>
/// <param name="Keys">The stages' keys, in order.</param>
/// <param name="Before">The stages of the sweep that come before.</param>
/// <param name="Count">All stages of the sweep.</param>
internal sealed record StageNumbering(string Prefix, IReadOnlyList<string> Keys, int Before, int Count)
{
    /// <summary>What an observer is told of a stage.</summary>
    /// <param name="key">One of <see cref="Keys"/>.</param>
    /// <param name="name">Its name for a person.</param>
    /// <param name="detail">The architecture, or what is evaluated.</param>
    public PipelineStage Describe(string key, string name, string detail) => new(
        Prefix.Length == 0 ? name : $"{Prefix} {name}", detail, Before + Keys.Index().First(stage => stage.Item == key).Index, Count);
}
