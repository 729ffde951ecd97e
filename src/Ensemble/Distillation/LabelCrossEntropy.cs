using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Distillation;

/// <summary>The cross-entropy of a student with the labels, also where images are mixed.</summary>
internal static class LabelCrossEntropy
{
    /// <summary>
    /// The mean over the batch of CE(z, y), and of (1 - w) CE(z, y) + w CE(z, y') where y' has the share w of the image
    /// (Zhang et al. 2018, arXiv 1710.09412, section 2: CE is linear in the target).
    /// </summary>
    /// <returns>A scalar, in nats, on the tape; the caller's dispose scope owns it.</returns>
    public static torch.Tensor BatchMean(ObjectiveInput input)
    {
        if (input.MixLabels is not { } mixLabels || input.MixWeights is not { } mixWeights)
        {
            return torch.nn.functional.cross_entropy(input.StudentLogits, input.Labels);
        }

        var own = torch.nn.functional.cross_entropy(input.StudentLogits, input.Labels, reduction: torch.nn.Reduction.None);
        var mixedIn = torch.nn.functional.cross_entropy(input.StudentLogits, mixLabels, reduction: torch.nn.Reduction.None);
        return ((own * (1 - mixWeights)) + (mixedIn * mixWeights)).mean();
    }
}
