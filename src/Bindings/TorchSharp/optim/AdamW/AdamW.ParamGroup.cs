using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

public partial class AdamW
{
    /// <summary>Parameters that <see cref="AdamW"/> trains with the same options.</summary>
    public class ParamGroup : ParamGroup<Options>, IBetas
    {
        /// <summary>A group that takes the optimiser's options.</summary>
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options)
            : base(parameters, options)
        {
        }

        /// <summary>A group with every option of its own: what is left out is this list's default, not the optimiser's.</summary>
        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            })
        {
        }

        public (double, double) Betas
        {
            get => Options is { beta1: { } first, beta2: { } second }
                ? (first, second)
                : throw new InvalidOperationException("the group has no betas before an optimiser takes it");
            set
            {
                Options ??= new Options();
                (Options.beta1, Options.beta2) = value;
            }
        }
    }
}
