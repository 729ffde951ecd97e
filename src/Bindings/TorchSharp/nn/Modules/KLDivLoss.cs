namespace TorchSharp.Modules;

/// <summary>KL(target || input), the input being log-probabilities; the target too unless log_target is false.</summary>
/// <remarks>Mean also divides by the number of classes.</remarks>
public sealed class KLDivLoss : Loss<torch.Tensor, torch.Tensor, torch.Tensor>
{
    public KLDivLoss(bool log_target = true, torch.nn.Reduction reduction = torch.nn.Reduction.Mean)
        : base(reduction) => this.log_target = log_target;

    public bool log_target { get; }

    public override torch.Tensor forward(torch.Tensor input, torch.Tensor target) => torch.nn.functional.kl_div(input, target, log_target, reduction);
}
