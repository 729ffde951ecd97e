using Ensemble.Data;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Teachers.External;

/// <summary>Teachers that were asked once about each image: the answers hold for the image, whatever the view.</summary>
/// <remarks>
/// The teachers saw the plain images. A view that keeps what is to be seen (a shift, a mirroring) is taken to have the same
/// answer, as a label is. Where images are mixed, so are the answers: (1 - w) p + w p' in probabilities, as the labels are.
/// </remarks>
public sealed class AnsweredTeacher : ITeacher
{
    private readonly IReadOnlyList<TeacherAnswers> _members;

    /// <param name="members">At least one, all about the same images and classes.</param>
    /// <exception cref="ArgumentException">There are none, or their sizes disagree.</exception>
    public AnsweredTeacher(IReadOnlyList<TeacherAnswers> members)
    {
        if (members.Count == 0 || members.Any(member => (member.SampleCount, member.ClassCount) != (members[0].SampleCount, members[0].ClassCount)))
        {
            throw new ArgumentException("needs at least one member, all of the same samples and classes", nameof(members));
        }

        _members = [.. members];
    }

    /// <summary>The number of members.</summary>
    public int Count => _members.Count;

    /// <inheritdoc/>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch shows a sample that nobody was asked about.</exception>
    public torch.Tensor Logits(Batch batch)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var logits = Gather(batch.Indices.Span, batch.Images.device);
        if (batch.MixWeights is { } weights)
        {
            // log-sum-exp: small probabilities would round to zero.
            var share = weights.unsqueeze(1);
            var mixedIn = Gather(batch.MixIndices.Span, batch.Images.device);
            logits = torch.stack([logits.log_softmax(2) + (1 - share).log(), mixedIn.log_softmax(2) + share.log()]).logsumexp(0);
        }

        return logits.MoveToOuterDisposeScope();
    }

    // [M, B, C]
    private torch.Tensor Gather(ReadOnlySpan<int> samples, torch.Device device)
    {
        var classes = _members[0].ClassCount;
        var values = new float[_members.Count * samples.Length * classes];
        var target = values.AsSpan();
        foreach (var member in _members)
        {
            foreach (var sample in samples)
            {
                if (sample < 0 || sample >= member.SampleCount)
                {
                    throw new ArgumentException($"sample {sample} is none of the {member.SampleCount} that {member.Path} answers", nameof(samples));
                }

                member.Logits.Span.Slice(sample * classes, classes).CopyTo(target);
                target = target[classes..];
            }
        }

        return torch.tensor(values, [_members.Count, samples.Length, classes], device: device);
    }
}
