using System.Text.Json.Serialization;
using Ensemble.Teachers;
using Ensemble.Training;

namespace Ensemble.Distillation;

/// <summary>What the objectives can be told. Each says which of these it reads.</summary>
public sealed record ObjectiveOptions
{
    /// <summary>The temperature of the soft targets. Default 4; above 0, at most 1000. The paper's MNIST nets used 20.</summary>
    public double Temperature { get; init; } = 4;

    /// <summary>The weight of the cross-entropy with the labels. Default 0.1; 0 to 1.</summary>
    public double HardWeight { get; init; } = 0.1;

    /// <summary>
    /// The weight of what is learnt from the teachers. Default null, the rest: 1 - <see cref="HardWeight"/>; else at least 0.
    /// Methods whose papers weigh both fully (dkd, dist) have 1 for either.
    /// </summary>
    public double? SoftWeight { get; init; }

    /// <summary>
    /// The share of each label that is spread over all classes (Szegedy et al. 2016). Default 0; 0 to below 1. No part of a
    /// recipe's JSON: a run takes it from the student's <see cref="TrainingOptions.LabelSmoothing"/>.
    /// </summary>
    [JsonIgnore]
    public double LabelSmoothing { get; init; }

    /// <summary>How the members of the ensemble are averaged. Default arithmetic.</summary>
    public Averaging Averaging { get; init; } = Averaging.Arithmetic;

    /// <summary>alpha of <c>dkd</c>: the weight of the target class (Zhao et al. 2022). Default 1, the paper's; at least 0.</summary>
    public double DkdAlpha { get; init; } = 1;

    /// <summary>beta of <c>dkd</c>: the weight of the other classes. Default 8, the paper's for most pairs on CIFAR-100; at least 0.</summary>
    public double DkdBeta { get; init; } = 8;

    /// <summary>beta of <c>dist</c>: the weight of the relations between classes (Huang et al. 2022). Default 2, as on CIFAR-100; at least 0.</summary>
    public double DistInterWeight { get; init; } = 2;

    /// <summary>gamma of <c>dist</c>: the weight of the relations within classes. Default 2, as on CIFAR-100; at least 0.</summary>
    public double DistIntraWeight { get; init; } = 2;

    /// <summary>
    /// The weight of the hint of <c>fitnets</c>. Default 100, as in the CIFAR-100 benchmark (Tian et al. 2020, arXiv 1910.10699),
    /// which has half of this library's learning rate; at that, a small student may learn nothing unless it is 10 or less. At least 0.
    /// </summary>
    public double HintWeight { get; init; } = 100;

    /// <summary>
    /// Which stage of teacher and student the hint of <c>fitnets</c> is at, from 1. Default 0, the middle one of each, as in
    /// the paper; 0 to 100.
    /// </summary>
    public int HintStage { get; init; }

    /// <summary>beta of <c>attention</c>. Default 1000, the authors' (Zagoruyko and Komodakis 2017, section 4.1); at least 0.</summary>
    public double AttentionWeight { get; init; } = 1000;

    /// <summary>The weight of what is learnt from the teachers, in numbers.</summary>
    internal double SoftShare => SoftWeight ?? (1 - HardWeight);

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Check(faults, Temperature is > 0 and <= 1000, nameof(Temperature), "above 0 and at most 1000", Temperature);
        Check(faults, HardWeight is >= 0 and <= 1, nameof(HardWeight), "0 to 1", HardWeight);
        CheckWeight(faults, SoftWeight ?? 0, nameof(SoftWeight));
        Check(faults, HardWeight != 0 || SoftWeight != 0, nameof(SoftWeight), $"above 0 where {nameof(HardWeight)} is 0", SoftWeight);
        Check(faults, LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), "0 to below 1", LabelSmoothing);
        Check(faults, Enum.IsDefined(Averaging), nameof(Averaging), string.Join(" or ", Enum.GetNames<Averaging>()), Averaging);
        CheckWeight(faults, DkdAlpha, nameof(DkdAlpha));
        CheckWeight(faults, DkdBeta, nameof(DkdBeta));
        CheckWeight(faults, DistInterWeight, nameof(DistInterWeight));
        CheckWeight(faults, DistIntraWeight, nameof(DistIntraWeight));
        CheckWeight(faults, HintWeight, nameof(HintWeight));
        Check(faults, HintStage is >= 0 and <= 100, nameof(HintStage), "0 to 100", HintStage);
        CheckWeight(faults, AttentionWeight, nameof(AttentionWeight));
        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(ObjectiveOptions)}: {string.Join("; ", faults)}");
        }
    }

    private static void CheckWeight(List<string> faults, double weight, string name) =>
        Check(faults, double.IsFinite(weight) && weight >= 0, name, "at least 0", weight);

    private static void Check(List<string> faults, bool holds, string name, string range, object? value)
    {
        if (!holds)
        {
            faults.Add($"{name} must be {range}, is {value}");
        }
    }
}
