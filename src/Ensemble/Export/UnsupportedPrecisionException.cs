namespace Ensemble.Export;

/// <summary>A network that cannot be written in a precision.</summary>
public sealed class UnsupportedPrecisionException : EnsembleException
{
    /// <summary>Creates the fault.</summary>
    /// <param name="precision">The precision that was asked for.</param>
    /// <param name="found">What stands against it.</param>
    /// <param name="remedy">What the person can do.</param>
    public UnsupportedPrecisionException(string precision, string found, string remedy)
        : base($"{precision}: expected weights that it can hold, found {found}; {remedy}") => Precision = precision;

    /// <summary>The precision that was asked for.</summary>
    public string Precision { get; }
}
