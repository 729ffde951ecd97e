namespace Ensemble.Pipeline.Sweeps;

/// <summary>One stage of a sweep, for whoever places stages on machines.</summary>
/// <param name="Folder">The folder, absolute: the sweep's, or that of one of its runs.</param>
/// <param name="Key">The stage in that folder; see <see cref="StageKey"/>.</param>
/// <param name="Needs">The places in the list, from 0, of the stages that must be done before it.</param>
public sealed record SweepStage(string Folder, string Key, IReadOnlyList<int> Needs);
