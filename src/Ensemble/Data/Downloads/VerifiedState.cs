namespace Ensemble.Data.Downloads;

/// <summary>What a check of a file came to.</summary>
public enum VerifiedState
{
    /// <summary>It is as it should be.</summary>
    Intact,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is there, but is another, or cannot be read.</summary>
    Changed,

    /// <summary>It is there, and nothing is known to hold it against.</summary>
    Unknown,
}
