namespace Ensemble.Measurement;

/// <summary>Why an image was chosen to be shown.</summary>
public enum SampleReason
{
    /// <summary>The student alone is wrong, the distilled one right: where its probability of the true class grew most.</summary>
    Learnt,

    /// <summary>The ensemble is right and the student wrong: where the student is surest of its answer.</summary>
    Lost,

    /// <summary>Where the ensemble (without one, the student) hesitates most between classes: the highest entropy.</summary>
    Confused,

    /// <summary>Without an ensemble: where the model is wrong, and surest of it.</summary>
    Wrong,
}
