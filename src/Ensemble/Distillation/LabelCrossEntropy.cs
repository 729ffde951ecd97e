using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Distillation;

/// <summary>The cross-entropy of a student with the labels, also where images are mixed or labels smoothed.</summary>
internal static class LabelCrossEntropy
{
    /// <summary>
    /// The mean over the batch of CE(z, y), and of (1 - w) CE(z, y) + w CE(z, y') where y' has the share w of the image
    /// (Zhang et al. 2018, arXiv 1710.09412, section 2: CE is linear in the target). Smoothed by e, the target is
    /// (1 - e) y + e / C (Szegedy et al. 2016, arXiv 1512.00567, section 7).
    /// </summary>
    /// <param name="input">Logits and labels.</param>
    /// <param name="labelSmoothing">e, 0 to below 1.</param>
    /// <returns>A scalar, in nats, on the tape; the caller's dispose scope owns it.</returns>
    public static torch.Tensor BatchMean(ObjectiveInput input, double labelSmoothing)
    {
        if (input.MixLabels is not { } mixLabels || input.MixWeights is not { } mixWeights)
        {
            return torch.nn.functional.cross_entropy(input.StudentLogits, input.Labels, label_smoothing: labelSmoothing);
        }

        var own = PerImage(input.StudentLogits, input.Labels, labelSmoothing);
        var mixedIn = PerImage(input.StudentLogits, mixLabels, labelSmoothing);
        return ((own * (1 - mixWeights)) + (mixedIn * mixWeights)).mean();
    }

    private static torch.Tensor PerImage(torch.Tensor logits, torch.Tensor labels, double labelSmoothing) =>
        torch.nn.functional.cross_entropy(logits, labels, reduction: torch.nn.Reduction.None, label_smoothing: labelSmoothing);
}
