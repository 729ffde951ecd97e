using Ensemble.Runs;

namespace Ensemble.Plots;

/// <summary>The repetitions of one model under other seeds.</summary>
/// <param name="Role">What the model is for.</param>
/// <param name="Label">What it is called: the architecture, or the ensemble's name.</param>
/// <param name="Variant">What sets a student apart from others of its architecture; null for nothing.</param>
/// <param name="Models">The repetitions, at least one.</param>
internal sealed record ModelGroup(ModelRole Role, string Label, string? Variant, IReadOnlyList<ResultRecord> Models)
{
    /// <summary>Gathers the repetitions of every model, in the order in which they are met.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="isWanted">Which models count; null for all.</param>
    public static IReadOnlyList<ModelGroup> Gather(IEnumerable<PlottedRun> runs, Func<ResultRecord, bool>? isWanted = null) =>
    [
        .. runs.SelectMany(run => run.Results.Models.Select(model => (run.Results.Seed, Model: model, run.Variant)))
            .Where(entry => isWanted?.Invoke(entry.Model) ?? true)
            .GroupBy(entry => (entry.Model.Role, entry.Model.Architecture, Name: entry.Model.Role == ModelRole.Ensemble ? entry.Model.Name : "",
                Variant: entry.Model.Role == ModelRole.Student ? entry.Variant : null))
            .Select(group => (group.Key, Models: Distinct(group)))
            .Select(group => new ModelGroup(group.Key.Role, LabelOf(group.Key.Role, group.Models), group.Key.Variant, group.Models)),
    ];

    // The students of a sweep have the same teachers, and their runs the same baselines: each counts once. An ensemble has no weights of its
    // own, and is known by what it measures.
    private static ResultRecord[] Distinct(IEnumerable<(ulong Seed, ResultRecord Model, string? Variant)> group) =>
        [.. group.DistinctBy(entry => entry.Model.WeightsSha256 ?? $"{(entry.Model.Role == ModelRole.Ensemble ? 0 : entry.Seed)} {entry.Model.Name} {entry.Model.Accuracy:R} {entry.Model.Nll:R}").Select(entry => entry.Model)];

    private static string LabelOf(ModelRole role, ResultRecord[] models) => role switch
    {
        ModelRole.Ensemble => models[0].Name,
        ModelRole.Teacher when models.Length > 1 => $"{models.Length} × {models[0].Architecture}",
        _ => models[0].Architecture,
    };
}
