using Ensemble.Data;
using Ensemble.Runs;
using Ensemble.Training;

namespace Ensemble.Pipeline;

/// <summary>One network to train.</summary>
/// <param name="Name">For a person.</param>
/// <param name="Key">For commands; see <see cref="StageKey"/>.</param>
/// <param name="Architecture">As registered.</param>
/// <param name="Role">What it is in the results.</param>
/// <param name="Folder">Where its weights land.</param>
/// <param name="Training">How it is trained, but for the seed.</param>
/// <param name="Index">Which of its role, from 0; baseline and student share their seed.</param>
internal sealed record StagePlan(string Name, string Key, string Architecture, ModelRole Role, string Folder, TrainingOptions Training, int Index)
{
    /// <summary>The seed of the network's weights, order and dropout.</summary>
    /// <param name="runSeed">The run's.</param>
    public ulong SeedFrom(ulong runSeed) =>
        new RandomStream(runSeed, Role == ModelRole.Teacher ? "pipeline/teacher" : "pipeline/student", 0, (ulong)Index).NextUInt32();

    /// <summary>The options with every seed filled in.</summary>
    /// <param name="recipe">The run's recipe, whose seed and view seed count.</param>
    public TrainingOptions Seeded(DistillationRecipe recipe)
    {
        var seed = SeedFrom(recipe.Seed);
        // Views that are counted are one set for the whole run, so that one store of soft targets serves every student.
        var viewSeed = Training.Views.Count == 0 ? seed : recipe.ViewSeed ?? new RandomStream(recipe.Seed, "pipeline/views").NextUInt32();
        return Training with { Seed = seed, Views = Training.Views with { Seed = viewSeed } };
    }
}
