using Ensemble.Teachers;

namespace Ensemble.Distillation;

/// <summary>What the objectives can be told.</summary>
public sealed record ObjectiveOptions
{
    /// <summary>The temperature of the soft targets. Default 4; above 0, at most 1000. The paper's MNIST nets used 20.</summary>
    public double Temperature { get; init; } = 4;

    /// <summary>The weight of the hard labels; the soft targets have the rest. Default 0.1; 0 to 1.</summary>
    public double HardWeight { get; init; } = 0.1;

    /// <summary>How the members of the ensemble are averaged. Default arithmetic.</summary>
    public Averaging Averaging { get; init; } = Averaging.Arithmetic;

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (!(Temperature is > 0 and <= 1000))
        {
            faults.Add($"{nameof(Temperature)} must be above 0 and at most 1000, is {Temperature}");
        }

        if (!(HardWeight is >= 0 and <= 1))
        {
            faults.Add($"{nameof(HardWeight)} must be 0 to 1, is {HardWeight}");
        }

        if (!Enum.IsDefined(Averaging))
        {
            faults.Add($"{nameof(Averaging)} must be {string.Join(" or ", Enum.GetNames<Averaging>())}, is {Averaging}");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(ObjectiveOptions)}: {string.Join("; ", faults)}");
        }
    }
}
