using Ensemble.Data;

namespace Ensemble.Training;

/// <summary>A teacher that computes its answers here, so that its inner maps can be looked at.</summary>
public interface IFeatureTeacher : ITeacher
{
    /// <summary>Each member's stages.</summary>
    /// <param name="images">The shape of the images.</param>
    /// <returns>For each member its stages, from the image to the answer.</returns>
    /// <exception cref="FeatureFaultException">A member has no stages.</exception>
    IReadOnlyList<IReadOnlyList<StageShape>> MemberStages(ImageShape images);

    /// <summary>Each member's logits of a batch, and its maps.</summary>
    /// <param name="batch">The images; the caller owns it.</param>
    /// <param name="stages">For each member, the places of the stages whose maps are wanted, from 0.</param>
    /// <returns>Tensors that the caller's dispose scope owns.</returns>
    TeacherAnswer Answer(Batch batch, IReadOnlyList<IReadOnlyList<int>> stages);
}
