namespace Ensemble;

/// <summary>A fault of data or of the machine, told to a person in one line: what, what was expected, what to do.</summary>
/// <remarks>A programmer's mistake is an <see cref="ArgumentException"/> instead; only the command line maps either to an exit code.</remarks>
public abstract class EnsembleException : Exception
{
    /// <summary>Creates the fault.</summary>
    /// <param name="message">One line for a person: the thing, what was expected, what was found, what to do.</param>
    /// <param name="innerException">The exception that showed the fault, if one did.</param>
    protected EnsembleException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
