using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Training;

/// <summary>What the trainer needs to drive an <see cref="IFeatureObjective"/> over a run: its plan, hooks, adapters.</summary>
public sealed class FeatureSession : IDisposable
{
    private readonly IFeatureTeacher _teacher;
    private readonly FeaturePlan _plan;
    private readonly StageRecorder _student;

    private FeatureSession(IFeatureTeacher teacher, FeaturePlan plan, torch.nn.Module network)
    {
        _teacher = teacher;
        _plan = plan;
        _student = new StageRecorder(network, plan.StudentStages);
    }

    /// <summary>Trained with the student, in its checkpoint, never exported; null for none. Lies on the CPU at first.</summary>
    public torch.nn.Module? Adapters => _plan.Adapters;

    /// <summary>Plans and attaches hooks, where the objective is one that compares maps.</summary>
    /// <param name="objective">The student's objective.</param>
    /// <param name="network">The student.</param>
    /// <param name="teacher">Its teachers.</param>
    /// <param name="images">The shape of the images.</param>
    /// <param name="seed">What the adapters' weights are drawn from.</param>
    /// <returns>A session that the caller disposes with its adapters; null for an objective that needs no maps.</returns>
    /// <exception cref="FeatureFaultException">The student or a teacher has no maps, or the teachers' answers are stored.</exception>
    public static FeatureSession? Open(
        IObjective objective, torch.nn.Module<torch.Tensor, torch.Tensor> network, ITeacher? teacher, ImageShape images, ulong seed)
    {
        if (objective is not IFeatureObjective features)
        {
            return null;
        }

        var live = teacher as IFeatureTeacher ?? throw FeatureSupport.Stored(objective, "answers that were computed before");
        var student = StageRecorder.Shapes(network, $"the student with objective '{objective.Name}'", images);
        return new FeatureSession(live, features.Plan(student, live.MemberStages(images), seed), network);
    }

    /// <summary>Asks the teachers.</summary>
    /// <param name="batch">The images; the caller owns it.</param>
    /// <returns>Tensors that the caller's dispose scope owns.</returns>
    public TeacherAnswer Ask(Batch batch) => _teacher.Answer(batch, _plan.MemberStages);

    /// <summary>The maps of the student's last forward pass beside the teachers'.</summary>
    /// <param name="answer">What the teachers answered to the same batch.</param>
    /// <returns>Tensors that the caller's dispose scope owns.</returns>
    public FeatureMaps Take(TeacherAnswer answer) =>
        new() { Student = _student.Take(), Members = answer.Maps, Adapters = _plan.Adapters };

    /// <inheritdoc/>
    public void Dispose()
    {
        _student.Dispose();
        _plan.Adapters?.Dispose();
    }
}
