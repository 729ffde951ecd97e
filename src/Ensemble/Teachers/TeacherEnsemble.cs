using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Teachers;

/// <summary>Frozen networks that answer together: in eval mode, off the tape, never trained through this.</summary>
public sealed class TeacherEnsemble : ITeacher
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
    public torch.Tensor Logits(Batch batch)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        using var precision = Autocast.Enter(_precision, batch.Images.device);
        var logits = _members.Select(member => member.call(batch.Images).to(torch.ScalarType.Float32)).ToArray();
        return torch.stack(logits).MoveToOuterDisposeScope();
    }
}
