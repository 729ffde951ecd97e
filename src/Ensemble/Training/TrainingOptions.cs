using System.Text.Json.Serialization;
using Ensemble.Acceleration;
using Ensemble.Data;

namespace Ensemble.Training;

/// <summary>How one network is trained. Defaults suit the CIFAR residual networks.</summary>
/// <remarks>
/// Properties that came later are left out of a recipe's JSON while they have their default, so that the hash of an older
/// recipe, and with it the stages that are done, stays what it was.
/// </remarks>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training images. Default 30; 1 to 100,000.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Images in a step. Default 128; 1 to 65,536.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Which optimiser takes the steps. Default SGD.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public OptimizerKind Optimizer { get; init; }

    /// <summary>The peak learning rate. Default 0.1, for SGD; above 0.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Nesterov momentum of SGD, and AdamW's beta1 (beta2 is 0.999). Default 0.9; 0 (plain SGD) to below 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>SGD's L2 penalty, or the share that AdamW takes off at each step, times the learning rate. Default 5e-4; at least 0.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Which parameters decay. Default weights of two or more dimensions; not biases and batch norms.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public WeightDecayScope DecayedParameters { get; init; }

    /// <summary>
    /// The largest L2 norm of the weights into one unit or filter, held after each step by scaling them down (Srivastava et
    /// al. 2014, section 5.1). Default 0: no limit; else above 0.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double MaxNorm { get; init; }

    /// <summary>
    /// The share of the label's probability that is spread evenly over all classes, in the cross-entropy with the labels
    /// (Szegedy et al. 2016, arXiv 1512.00567, section 7). Default 0; to below 1.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// The decay of an exponential moving average of weights and statistics, which is what the training ends with; step t uses
    /// at most (1 + t) / (10 + t). Default 0: no average; else above 0 to below 1, 0.999 as a rule.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double EmaDecay { get; init; }

    /// <summary>
    /// The steps after which Lookahead moves its slow weights half of the way to the fast ones and starts these from there
    /// (Zhang et al. 2019, arXiv 1907.08610); the slow ones are what the training ends with. Default 0: none; not with
    /// <see cref="EmaDecay"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int LookaheadSteps { get; init; }

    /// <summary>The share of the run in which the learning rate rises to its peak. Default 0.1; 0 to below 1.</summary>
    public double WarmupShare { get; init; } = 0.1;

    /// <summary>How the learning rate moves after the warm-up. Default cosine.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Cosine;

    /// <summary>How training images vary. Default not at all.</summary>
    public AugmentationOptions Augmentation { get; init; } = AugmentationOptions.None;

    /// <summary>Which views of the images an epoch shows. Default a new one each epoch.</summary>
    public ViewOptions Views { get; init; } = new();

    /// <summary>The layers' arithmetic. Default bfloat16 where the hardware has it.</summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>The seed of the order and the dropout. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = FindFaults().ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException($"{nameof(TrainingOptions)}: {string.Join("; ", faults)}");
        }
    }

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="totalSteps">Steps in the whole run, at least 1.</param>
    public double LearningRateAt(long step, long totalSteps) =>
        LearningRate * LearningRateCurve.ShareAt(Schedule, WarmupShare, step, totalSteps);

    private List<string> FindFaults()
    {
        var faults = new List<string>();
        Check(faults, Epochs is >= 1 and <= 100_000, nameof(Epochs), "1 to 100000", Epochs);
        Check(faults, BatchSize is >= 1 and <= 65_536, nameof(BatchSize), "1 to 65536", BatchSize);
        CheckWord(faults, Optimizer, nameof(Optimizer));
        Check(faults, double.IsFinite(LearningRate) && LearningRate > 0, nameof(LearningRate), "above 0", LearningRate);
        Check(faults, Momentum is >= 0 and < 1, nameof(Momentum), "0 to below 1", Momentum);
        Check(faults, double.IsFinite(WeightDecay) && WeightDecay >= 0, nameof(WeightDecay), "at least 0", WeightDecay);
        CheckWord(faults, DecayedParameters, nameof(DecayedParameters));
        Check(faults, double.IsFinite(MaxNorm) && MaxNorm >= 0, nameof(MaxNorm), "0 (no limit) or above", MaxNorm);
        Check(faults, LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), "0 to below 1", LabelSmoothing);
        Check(faults, EmaDecay is >= 0 and < 1, nameof(EmaDecay), "0 (no average) to below 1", EmaDecay);
        Check(faults, LookaheadSteps is >= 0 and <= 100_000, nameof(LookaheadSteps), "0 (none) to 100000", LookaheadSteps);
        Check(faults, LookaheadSteps == 0 || EmaDecay == 0, nameof(LookaheadSteps), $"0 where {nameof(EmaDecay)} is not", LookaheadSteps);
        Check(faults, WarmupShare is >= 0 and < 1, nameof(WarmupShare), "0 to below 1", WarmupShare);
        CheckWord(faults, Schedule, nameof(Schedule));
        CheckWord(faults, Precision, nameof(Precision));
        faults.AddRange(Augmentation.FindFaults());
        faults.AddRange(Views.FindFaults());
        return faults;
    }

    private static void CheckWord<T>(List<string> faults, T value, string name)
        where T : struct, Enum => Check(faults, Enum.IsDefined(value), name, string.Join(", ", Enum.GetNames<T>()), value);

    private static void Check(List<string> faults, bool holds, string name, string range, object value)
    {
        if (!holds)
        {
            faults.Add($"{name} must be {range}, is {value}");
        }
    }
}
