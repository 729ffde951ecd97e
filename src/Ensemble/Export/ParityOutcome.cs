namespace Ensemble.Export;

/// <summary>Whether an exported file was found to answer as the original.</summary>
public enum ParityOutcome
{
    /// <summary>It was run, and agrees within the limits.</summary>
    Passed,

    /// <summary>It was run, and does not.</summary>
    Failed,

    /// <summary>It could not be run: there is no ONNX Runtime.</summary>
    Unchecked,
}
