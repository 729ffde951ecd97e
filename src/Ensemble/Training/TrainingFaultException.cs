namespace Ensemble.Training;

/// <summary>A run that cannot go on: a loss or a weight is no longer finite.</summary>
public sealed class TrainingFaultException : EnsembleException
{
    /// <summary>Creates the fault.</summary>
    /// <param name="term">The term of the loss, or the weight.</param>
    /// <param name="value">Its mean over the epoch so far.</param>
    /// <param name="firstStep">The first step since the last log step.</param>
    /// <param name="lastStep">The last step before the fault was seen.</param>
    public TrainingFaultException(string term, double value, long firstStep, long lastStep)
        : base($"'{term}' is {value} within steps {firstStep} to {lastStep}; expected a finite number: lower the learning rate, or use --precision fp32")
    {
        Term = term;
        LastStep = lastStep;
    }

    /// <summary>The term of the loss, or the weight, that is not finite.</summary>
    public string Term { get; }

    /// <summary>The last step before the fault was seen.</summary>
    public long LastStep { get; }
}
