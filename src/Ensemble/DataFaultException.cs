namespace Ensemble;

/// <summary>A file or data set that is missing, damaged, or not what its format says.</summary>
public sealed class DataFaultException : EnsembleException
{
    /// <summary>Creates the fault; the message joins the four parts into one line.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="expected">What should have been there, with units.</param>
    /// <param name="found">What was there.</param>
    /// <param name="remedy">What the person can do.</param>
    /// <param name="innerException">The exception that showed the fault, if one did.</param>
    public DataFaultException(string path, string expected, string found, string remedy, Exception? innerException = null)
        : base($"{path}: expected {expected}, found {found}; {remedy}", innerException)
    {
        Path = path;
        Expected = expected;
        Found = found;
        Remedy = remedy;
    }

    /// <summary>The file or folder at fault.</summary>
    public string Path { get; }

    /// <summary>What should have been there.</summary>
    public string Expected { get; }

    /// <summary>What was there.</summary>
    public string Found { get; }

    /// <summary>What the person can do about it.</summary>
    public string Remedy { get; }
}
