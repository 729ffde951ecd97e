using System.CommandLine;
using Ensemble.Acceleration;
using Ensemble.Cli.Arguments;
using Ensemble.Data;
using Ensemble.Pipeline;
using Ensemble.Training;

namespace Ensemble.Cli.Commands;

/// <summary>The flags that say how networks are trained; what is not typed is left to others.</summary>
internal sealed class TrainingFlags
{
    private static readonly TrainingOptions s_defaults = new();
    private static readonly TrainingOptions s_fully = RecipeDefaults.Training("mlp", AugmentationOptions.None);
    private static readonly TrainingOptions s_adamW = RecipeDefaults.Training("", AugmentationOptions.None, optimizer: OptimizerKind.AdamW);

    /// <param name="prefix">What the flags' names begin with: nothing for every network, <c>teacher-</c>, <c>student-</c>.</param>
    public TrainingFlags(string prefix = "")
    {
        var whose = prefix.Length == 0 ? "" : " of these networks only";
        Epochs = Number<int>("epochs", "E", $"Passes over the training images{whose} [default: {(whose.Length == 0 ? s_defaults.Epochs : "--epochs")}]", value => new() { Epochs = value });
        BatchSize = Number<int>("batch-size", "N", $"Images in a step [default: {s_defaults.BatchSize}]", value => new() { BatchSize = value });
        Optimizer = Choice<OptimizerKind>("optimizer", "Which optimiser takes the steps [default: sgd]");
        LearningRate = Number<double>(
            "learning-rate", "R", $"The peak learning rate [default: {s_defaults.LearningRate}; mlp networks {s_fully.LearningRate}; adamw {s_adamW.LearningRate}]",
            value => new() { LearningRate = value });
        Momentum = Number<double>("momentum", "M", $"Nesterov momentum, or adamw's beta1 [default: {s_defaults.Momentum}]", value => new() { Momentum = value });
        WeightDecay = Number<double>(
            "weight-decay", "D", $"The weight decay [default: {s_defaults.WeightDecay}; mlp networks 0; adamw {s_adamW.WeightDecay}]", value => new() { WeightDecay = value });
        Decayed = Choice<WeightDecayScope>("decayed", "What decays: weights of two or more dimensions, or all parameters [default: weights]");
        Schedule = Choice<LearningRateSchedule>("schedule", "How the learning rate moves [default: cosine]");
        Warmup = Number<double>("warmup", "F", $"The share of the run in which the learning rate rises [default: {s_defaults.WarmupShare}]", value => new() { WarmupShare = value });
        LabelSmoothing = Number<double>("label-smoothing", "F", "The share of a label that is spread over all classes [default: 0]", value => new() { LabelSmoothing = value });
        MaxNorm = Number<double>("max-norm", "N", "The largest norm of the weights into a unit [default: 0, no limit]", value => new() { MaxNorm = value });
        EmaDecay = Number<double>("ema", "D", "The decay of a moving average of the weights, which is what is kept [default: 0, none]", value => new() { EmaDecay = value });
        Lookahead = Number<int>("lookahead", "K", "The steps between two moves of Lookahead's slow weights [default: 0, none]", value => new() { LookaheadSteps = value });
        Views = Number<int>(
            "views", "K", "The views of each image that there are; with a number, the teachers answer each once [default: 0, a new one each epoch]",
            value => new() { Views = new ViewOptions { Count = value } });
        Augmentation = Choice<AugmentationChoice>(
            "augmentation", "How images vary: not at all, moved by up to 2 pixels, or moved by up to 4 and mirrored [default: cropflip; mnist and kmnist as in the paper]");
        Cutout = Number<int>("cutout", "N", "The side of a square that is blanked in each view, in pixels [default: 0, none]", value => new() { Augmentation = new() { CutoutPixels = value } });
        Mixup = Number<double>("mixup", "A", "The alpha of mixup [default: 0, none]", value => new() { Augmentation = new() { MixupAlpha = value } });
        Precision = Choice<Precision>("precision", "The arithmetic of the layers; auto is bf16 where the hardware has it [default: auto]");

        Option<T?> Number<T>(string name, string valueName, string description, Func<T, TrainingOptions> use)
            where T : struct, System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T> =>
            Hide(Flag.OptionalNumber($"--{prefix}{name}", valueName, description, new NumberRule<T>(value => use(value).Validate())));

        Option<string?> Choice<T>(string name, string description)
            where T : struct, Enum => Hide(Flag.OptionalChoice<T>($"--{prefix}{name}", description));

        // The help would be three times as long; it says in one line that these exist, and shows one.
        TOption Hide<TOption>(TOption option)
            where TOption : Option
        {
            option.Hidden = prefix.Length > 0 && option.Name != $"--{prefix}epochs";
            return option;
        }
    }

    public Option<int?> Epochs { get; }

    public Option<int?> BatchSize { get; }

    public Option<string?> Optimizer { get; }

    public Option<double?> LearningRate { get; }

    public Option<double?> Momentum { get; }

    public Option<double?> WeightDecay { get; }

    public Option<string?> Decayed { get; }

    public Option<string?> Schedule { get; }

    public Option<double?> Warmup { get; }

    public Option<double?> LabelSmoothing { get; }

    public Option<double?> MaxNorm { get; }

    public Option<double?> EmaDecay { get; }

    public Option<int?> Lookahead { get; }

    public Option<int?> Views { get; }

    public Option<string?> Augmentation { get; }

    public Option<int?> Cutout { get; }

    public Option<double?> Mixup { get; }

    public Option<string?> Precision { get; }

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All =>
    [
        Epochs, BatchSize, Optimizer, LearningRate, Momentum, WeightDecay, Decayed, Schedule, Warmup, LabelSmoothing, MaxNorm, EmaDecay, Lookahead, Views, Augmentation, Cutout, Mixup, Precision,
    ];

    /// <summary>How a network is trained: what was typed for it, else what was typed for all, else the defaults of its kind.</summary>
    /// <param name="parsed">What was typed, without faults.</param>
    /// <param name="architecture">The network.</param>
    /// <param name="augmentation">How its images vary.</param>
    /// <param name="all">The flags for all networks.</param>
    /// <param name="own">The flags for this one.</param>
    public static TrainingOptions ToOptions(
        ParseResult parsed, string architecture, AugmentationOptions augmentation, TrainingFlags all, TrainingFlags? own = null)
    {
        var optimizer = Flag.ReadOptional<OptimizerKind>(parsed, own?.Optimizer) ?? Flag.ReadOptional<OptimizerKind>(parsed, all.Optimizer) ?? s_defaults.Optimizer;
        var varied = all.Apply(parsed, augmentation);
        varied = own is null ? varied : own.Apply(parsed, varied);
        var standard = RecipeDefaults.Training(architecture, varied, optimizer: optimizer);
        var options = all.Apply(parsed, standard);
        return own is null ? options : own.Apply(parsed, options);
    }

    private AugmentationOptions Apply(ParseResult parsed, AugmentationOptions augmentation)
    {
        var chosen = Flag.ReadOptional<AugmentationChoice>(parsed, Augmentation) switch
        {
            AugmentationChoice.None => AugmentationOptions.None,
            AugmentationChoice.Jitter => AugmentationOptions.Jitter,
            AugmentationChoice.CropFlip => AugmentationOptions.CropAndFlip,
            _ => augmentation,
        };
        return chosen with
        {
            CutoutPixels = parsed.GetValue(Cutout) ?? chosen.CutoutPixels,
            MixupAlpha = parsed.GetValue(Mixup) ?? chosen.MixupAlpha,
        };
    }

    private TrainingOptions Apply(ParseResult parsed, TrainingOptions options) => options with
    {
        Epochs = parsed.GetValue(Epochs) ?? options.Epochs,
        BatchSize = parsed.GetValue(BatchSize) ?? options.BatchSize,
        LearningRate = parsed.GetValue(LearningRate) ?? options.LearningRate,
        Momentum = parsed.GetValue(Momentum) ?? options.Momentum,
        WeightDecay = parsed.GetValue(WeightDecay) ?? options.WeightDecay,
        DecayedParameters = Flag.ReadOptional<WeightDecayScope>(parsed, Decayed) ?? options.DecayedParameters,
        Schedule = Flag.ReadOptional<LearningRateSchedule>(parsed, Schedule) ?? options.Schedule,
        WarmupShare = parsed.GetValue(Warmup) ?? options.WarmupShare,
        LabelSmoothing = parsed.GetValue(LabelSmoothing) ?? options.LabelSmoothing,
        MaxNorm = parsed.GetValue(MaxNorm) ?? options.MaxNorm,
        EmaDecay = parsed.GetValue(EmaDecay) ?? options.EmaDecay,
        LookaheadSteps = parsed.GetValue(Lookahead) ?? options.LookaheadSteps,
        Views = parsed.GetValue(Views) is { } views ? options.Views with { Count = views } : options.Views,
        Precision = Flag.ReadOptional<Precision>(parsed, Precision) ?? options.Precision,
    };
}
