using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Teachers;

/// <summary>Frozen networks that answer together: in eval mode, off the tape, never trained through this.</summary>
public sealed class TeacherEnsemble : IFeatureTeacher
{
    private readonly IReadOnlyList<torch.nn.Module<torch.Tensor, torch.Tensor>> _members;
    private readonly Precision _precision;

    /// <summary>Freezes the members: eval mode, no gradients.</summary>
    /// <param name="members">At least one; all with the same classes, on the same device. The caller owns them.</param>
    /// <param name="precision">The arithmetic of the members' layers; resolved.</param>
    public TeacherEnsemble(IReadOnlyList<torch.nn.Module<torch.Tensor, torch.Tensor>> members, Precision precision)
    {
        if (members.Count == 0)
        {
            throw new ArgumentException("an ensemble has at least one member", nameof(members));
        }

        _members = [.. members];
        _precision = precision;
        foreach (var member in _members)
        {
            member.eval();
            foreach (var parameter in member.parameters())
            {
                parameter.requires_grad = false;
            }
        }
    }

    /// <summary>The number of members.</summary>
    public int Count => _members.Count;

    /// <inheritdoc/>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <inheritdoc/>
    public torch.Tensor Logits(Batch batch) => Logits(batch.Images);

    /// <summary>Each member's logits of some images.</summary>
    /// <param name="images">[B, C, H, W] float32, normalised.</param>
    /// <returns>[M, B, classes] float32, off the tape; the caller disposes it.</returns>
    public torch.Tensor Logits(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        using var precision = Autocast.Enter(_precision, images.device);
        var logits = _members.Select(member => member.call(images).to(torch.ScalarType.Float32)).ToArray();
        return torch.stack(logits).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<StageShape>> MemberStages(ImageShape images) =>
        [.. _members.Select((member, place) => StageRecorder.Shapes(member, $"teacher {place + 1}", images))];

    /// <inheritdoc/>
    public TeacherAnswer Answer(Batch batch, IReadOnlyList<IReadOnlyList<int>> stages)
    {
        var recorders = _members.Zip(stages, (member, wanted) => new StageRecorder(member, wanted)).ToArray();
        try
        {
            var logits = Logits(batch.Images);
            return new TeacherAnswer { Logits = logits, Maps = [.. recorders.Select(recorder => recorder.Take())] };
        }
        finally
        {
            Array.ForEach(recorders, recorder => recorder.Dispose());
        }
    }
}
