using TorchSharp;

namespace Ensemble.Distillation;

/// <summary>The one place that calls torch's kl_div, whose defaults (log targets, a mean over classes too) mislead.</summary>
internal static class KlDivergence
{
    /// <summary>(1/B) sum_b KL(p_b || q_b) = (1/B) sum_b sum_c p_bc (log p_bc - log q_bc), in nats.</summary>
    /// <param name="logReference">[B, C] log p: the teachers'.</param>
    /// <param name="logCandidate">[B, C] log q: the student's.</param>
    /// <returns>A scalar; the caller's dispose scope owns it.</returns>
    public static torch.Tensor BatchMean(torch.Tensor logReference, torch.Tensor logCandidate)
    {
#pragma warning disable RS0030 // The wrapper that the rule asks everybody else to use.
        var sum = torch.nn.functional.kl_div(logCandidate, logReference, log_target: true, torch.nn.Reduction.Sum);
#pragma warning restore RS0030
        return sum / logReference.size(0);
    }
}
