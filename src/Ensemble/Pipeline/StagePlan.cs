using Ensemble.Runs;
using Ensemble.Training;

namespace Ensemble.Pipeline;

/// <summary>One network to train.</summary>
/// <param name="Name">For a person.</param>
/// <param name="Architecture">As registered.</param>
/// <param name="Role">What it is in the results.</param>
/// <param name="Folder">Where its weights land.</param>
/// <param name="Training">How it is trained, but for the seed.</param>
/// <param name="Index">Which of its role, from 0; baseline and student share their seed.</param>
internal sealed record StagePlan(string Name, string Architecture, ModelRole Role, string Folder, TrainingOptions Training, int Index);
