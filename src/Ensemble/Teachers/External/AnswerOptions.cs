namespace Ensemble.Teachers.External;

/// <summary>How the answers of a teacher that can only be asked are read.</summary>
public sealed record AnswerOptions
{
    /// <summary>
    /// The probability of a hard answer's class; the others share the rest. Default 0.9, as hard distillation with label
    /// smoothing has it (Touvron et al. 2021, arXiv 2012.12877, section 4); above 0, below 1, and above 1 / classes.
    /// </summary>
    public double HardConfidence { get; init; } = 0.9;

    /// <summary>Checks every property.</summary>
    /// <param name="classCount">Classes, at least 2.</param>
    /// <exception cref="ArgumentException">The confidence is out of range.</exception>
    public void Validate(int classCount)
    {
        if (!(HardConfidence > 1.0 / classCount && HardConfidence < 1))
        {
            throw new ArgumentException($"{nameof(AnswerOptions)}: {nameof(HardConfidence)} must be above 1/{classCount} and below 1, is {HardConfidence}");
        }
    }
}
