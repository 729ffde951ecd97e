namespace Ensemble;

/// <summary>The machine lacks something or refuses it: no such device, a folder that cannot be written, a library too old.</summary>
public sealed class MachineFaultException : EnsembleException
{
    /// <summary>Creates the fault; the message joins the parts into one line.</summary>
    /// <param name="subject">The device, folder or library.</param>
    /// <param name="found">What is wrong with it.</param>
    /// <param name="remedy">What the person can do.</param>
    /// <param name="innerException">The exception that showed the fault, if one did.</param>
    public MachineFaultException(string subject, string found, string remedy, Exception? innerException = null)
        : base($"{subject}: {found}; {remedy}", innerException)
    {
        Subject = subject;
        Remedy = remedy;
    }

    /// <summary>The device, folder or library at fault.</summary>
    public string Subject { get; }

    /// <summary>What the person can do about it.</summary>
    public string Remedy { get; }
}
