namespace Ensemble.Pipeline.Sweeps;

/// <summary>One run of a sweep.</summary>
/// <param name="Name">Its folder's name: the student, what else varies in the sweep, the seed; safe in a path.</param>
/// <param name="Recipe">Its recipe, in which paths of teachers begin at the sweep's folder.</param>
public sealed record SweepCell(string Name, DistillationRecipe Recipe);
