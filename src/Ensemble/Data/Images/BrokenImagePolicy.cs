namespace Ensemble.Data.Images;

/// <summary>What becomes of an image that cannot be read.</summary>
public enum BrokenImagePolicy
{
    /// <summary>Reading stops, and names the first one.</summary>
    Fail,

    /// <summary>It is left out, and listed in the report.</summary>
    Skip,
}
