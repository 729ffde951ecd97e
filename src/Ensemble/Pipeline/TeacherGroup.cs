using Ensemble.Data;
using Ensemble.Teachers;
using Ensemble.Teachers.External;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>Networks, or what is stored of them, and files of answers as one ensemble with equal weights. Owns the networks.</summary>
/// <param name="networks">The networks.</param>
/// <param name="answers">The files.</param>
internal sealed class TeacherGroup(ITeacher networks, AnsweredTeacher answers) : ITeacher, IDisposable
{
    private readonly JoinedTeachers _joined = new([networks, answers]);

    /// <inheritdoc/>
    public IReadOnlyList<double>? Weights => _joined.Weights;

    /// <inheritdoc/>
    public torch.Tensor Logits(Batch batch) => _joined.Logits(batch);

    /// <inheritdoc/>
    public void Dispose() => (networks as IDisposable)?.Dispose();
}
