namespace Ensemble.Export;

/// <summary>An exported file that does not answer as the network that it was made from.</summary>
public sealed class ParityFaultException : EnsembleException
{
    /// <summary>Creates the fault.</summary>
    /// <param name="path">Where parity.json lies, with every number.</param>
    /// <param name="found">How they differ.</param>
    /// <param name="remedy">What the person can do.</param>
    public ParityFaultException(string path, string found, string remedy)
        : base($"{path}: expected a file that answers as the original, found {found}; {remedy}") => Path = path;

    /// <summary>Where parity.json lies.</summary>
    public string Path { get; }
}
