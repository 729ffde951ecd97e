namespace Ensemble.Scheduling;

/// <summary>A job, or job array, that was submitted.</summary>
/// <param name="Number">Slurm's number of it.</param>
/// <param name="Stages">The names of its stages.</param>
/// <param name="After">The jobs that must end well before it begins.</param>
public sealed record SubmittedJob(string Number, IReadOnlyList<string> Stages, IReadOnlyList<string> After);
