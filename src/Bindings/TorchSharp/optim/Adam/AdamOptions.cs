namespace TorchSharp.Modules;

/// <summary>What the options of Adam and AdamW do alike.</summary>
internal static class AdamOptions
{
    internal static void Copy(IAdamOptions from, IAdamOptions to)
    {
        to.Beta1 = from.Beta1;
        to.Beta2 = from.Beta2;
        to.Epsilon = from.Epsilon;
        to.WeightDecay = from.WeightDecay;
        to.AmsGrad = from.AmsGrad;
        to.Maximize = from.Maximize;
    }

    /// <summary>Sets what is null from the defaults, and checks the ranges.</summary>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    internal static void Complete<TOptions>(TOptions options, TOptions defaults)
        where TOptions : OptimizerOptions, IAdamOptions
    {
        options.LearningRate = OptionRange.NotNegative((options.LearningRate ?? defaults.LearningRate)!.Value, "lr");
        options.Beta1 = OptionRange.Rate((options.Beta1 ?? defaults.Beta1)!.Value, "beta1");
        options.Beta2 = OptionRange.Rate((options.Beta2 ?? defaults.Beta2)!.Value, "beta2");
        options.Epsilon = OptionRange.NotNegative((options.Epsilon ?? defaults.Epsilon)!.Value, "eps");
        options.WeightDecay = OptionRange.NotNegative((options.WeightDecay ?? defaults.WeightDecay)!.Value, "weight_decay");
        options.AmsGrad ??= defaults.AmsGrad;
        options.Maximize ??= defaults.Maximize;
    }
}
