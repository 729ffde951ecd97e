namespace Ensemble.Pipeline;

/// <summary>How far a stage is.</summary>
public enum StageState
{
    /// <summary>Nothing of it is there.</summary>
    Waiting,

    /// <summary>A part of it is there; a process may be at it.</summary>
    Begun,

    /// <summary>Its output is there.</summary>
    Done,
}
