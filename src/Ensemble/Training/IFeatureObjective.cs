namespace Ensemble.Training;

/// <summary>An objective that compares inner maps of student and teachers. The trainer drives it and names no method.</summary>
/// <remarks>It needs live teachers: a store of soft targets has no maps.</remarks>
public interface IFeatureObjective : IObjective
{
    /// <summary>Chooses the maps to compare, and makes what must be trained beside the student to compare them.</summary>
    /// <param name="student">The student's stages, from the image to the answer.</param>
    /// <param name="members">Each teacher's stages.</param>
    /// <param name="seed">What fresh weights are drawn from; the same seed gives the same weights.</param>
    /// <returns>The plan; <see cref="IObjective.Compute"/> then finds its maps in <see cref="ObjectiveInput.Features"/>.</returns>
    /// <exception cref="FeatureFaultException">A stage that the options name is not there.</exception>
    FeaturePlan Plan(IReadOnlyList<StageShape> student, IReadOnlyList<IReadOnlyList<StageShape>> members, ulong seed);
}
