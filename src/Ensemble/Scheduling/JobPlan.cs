namespace Ensemble.Scheduling;

/// <summary>The stages of a run or sweep with what each needs.</summary>
/// <param name="RootPath">The folder, absolute, that the jobs have in common.</param>
/// <param name="Stages">The stages, in an order in which each has what it needs.</param>
public sealed record JobPlan(string RootPath, IReadOnlyList<PlannedStage> Stages)
{
    /// <summary>What the stages were laid out by.</summary>
    public JobLayout Layout { get; init; } = new();

    /// <summary>The folder of the jobs' scripts.</summary>
    public string JobsPath => JobsPathOf(RootPath);

    /// <summary>The file that remembers what was submitted; see <see cref="SlurmFile"/>.</summary>
    public string SlurmPath => SlurmPathOf(RootPath);

    /// <summary>The folder of the jobs' scripts, of a run or sweep.</summary>
    /// <param name="rootPath">Its folder.</param>
    internal static string JobsPathOf(string rootPath) => Path.Combine(rootPath, "jobs");

    /// <summary>The file that remembers what was submitted, of a run or sweep.</summary>
    /// <param name="rootPath">Its folder.</param>
    internal static string SlurmPathOf(string rootPath) => Path.Combine(rootPath, "slurm.json");
}
