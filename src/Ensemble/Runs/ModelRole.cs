namespace Ensemble.Runs;

/// <summary>What a model is for in a run.</summary>
public enum ModelRole
{
    /// <summary>One member of the ensemble.</summary>
    Teacher,

    /// <summary>The members, averaged.</summary>
    Ensemble,

    /// <summary>The student's architecture, trained without the teachers.</summary>
    Baseline,

    /// <summary>The student, trained from the ensemble.</summary>
    Student,
}
