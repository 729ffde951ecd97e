using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Teachers;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>Networks that answer every batch anew. Owns those that were loaded for it.</summary>
/// <param name="members">The networks.</param>
/// <param name="precision">The arithmetic of their layers; resolved.</param>
/// <param name="weights">Their weights in the average; null for equal ones.</param>
internal sealed class LoadedTeachers(IReadOnlyList<TrainedModel> members, Precision precision, IReadOnlyList<double>? weights) : IFeatureTeacher, IDisposable
{
    /// <summary>The networks as one ensemble.</summary>
    public TeacherEnsemble Ensemble { get; } = new([.. members.Select(member => member.Network)], precision) { Weights = weights };

    /// <inheritdoc/>
    public IReadOnlyList<double>? Weights => Ensemble.Weights;

    /// <inheritdoc/>
    public torch.Tensor Logits(Batch batch) => Ensemble.Logits(batch);

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<StageShape>> MemberStages(ImageShape images) => Ensemble.MemberStages(images);

    /// <inheritdoc/>
    public TeacherAnswer Answer(Batch batch, IReadOnlyList<IReadOnlyList<int>> stages) => Ensemble.Answer(batch, stages);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var member in members.Where(member => member.IsOwned))
        {
            member.Network.Dispose();
        }
    }
}
