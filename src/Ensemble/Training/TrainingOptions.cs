using Ensemble.Acceleration;
using Ensemble.Data;

namespace Ensemble.Training;

/// <summary>How one network is trained. Defaults suit the CIFAR residual networks.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training images. Default 30; 1 to 100,000.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Images in a step. Default 128; 1 to 65,536.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The peak learning rate of SGD. Default 0.1; above 0.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Nesterov momentum of SGD. Default 0.9; 0 (plain SGD) to below 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>L2 penalty on weights of two or more dimensions; biases and batch norms have none. Default 5e-4; at least 0.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>The share of the run in which the learning rate rises from zero to its peak. Default 0.1; 0 to below 1.</summary>
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
        var faults = new List<string>();
        Check(faults, Epochs is >= 1 and <= 100_000, nameof(Epochs), "1 to 100000", Epochs);
        Check(faults, BatchSize is >= 1 and <= 65_536, nameof(BatchSize), "1 to 65536", BatchSize);
        Check(faults, double.IsFinite(LearningRate) && LearningRate > 0, nameof(LearningRate), "above 0", LearningRate);
        Check(faults, Momentum is >= 0 and < 1, nameof(Momentum), "0 to below 1", Momentum);
        Check(faults, double.IsFinite(WeightDecay) && WeightDecay >= 0, nameof(WeightDecay), "at least 0", WeightDecay);
        Check(faults, WarmupShare is >= 0 and < 1, nameof(WarmupShare), "0 to below 1", WarmupShare);
        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(TrainingOptions)}: {string.Join("; ", faults)}");
        }

        Augmentation.Validate();
        Views.Validate();
    }

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="totalSteps">Steps in the whole run, at least 1.</param>
    public double LearningRateAt(long step, long totalSteps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 1);
        var warmupSteps = WarmupShare * totalSteps;
        if (step + 1 < warmupSteps)
        {
            return LearningRate * (step + 1) / warmupSteps;
        }

        var progress = Math.Clamp((step - warmupSteps) / Math.Max(1, totalSteps - warmupSteps), 0, 1);
        return LearningRate * Schedule switch
        {
            LearningRateSchedule.Cosine => 0.5 * (1 + Math.Cos(Math.PI * progress)),
            LearningRateSchedule.Step => Math.Pow(0.1, StepsTaken((double)step / totalSteps)),
            _ => 1,
        };
    }

    private static int StepsTaken(double progress) => (progress >= 0.625 ? 1 : 0) + (progress >= 0.75 ? 1 : 0) + (progress >= 0.875 ? 1 : 0);

    private static void Check(List<string> faults, bool holds, string name, string range, object value)
    {
        if (!holds)
        {
            faults.Add($"{name} must be {range}, is {value}");
        }
    }
}
