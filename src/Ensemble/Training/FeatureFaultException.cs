using Ensemble.Models;

namespace Ensemble.Training;

/// <summary>An objective that compares inner maps, and a network or a store that has none to show.</summary>
public sealed class FeatureFaultException : EnsembleException
{
    /// <summary>Creates the fault; the message joins the parts into one line.</summary>
    /// <param name="subject">What is at fault: an architecture, a teacher.</param>
    /// <param name="expected">What the objective needs of it.</param>
    /// <param name="found">What it has.</param>
    /// <param name="remedy">What the person can do.</param>
    public FeatureFaultException(string subject, string expected, string found, string remedy)
        : base($"{subject}: expected {expected}, found {found}; {remedy}")
    {
        Subject = subject;
        Expected = expected;
        Found = found;
        Remedy = remedy;
    }

    /// <summary>What is at fault.</summary>
    public string Subject { get; }

    /// <summary>What the objective needs of it.</summary>
    public string Expected { get; }

    /// <summary>What it has.</summary>
    public string Found { get; }

    /// <summary>What the person can do about it.</summary>
    public string Remedy { get; }

    /// <summary>The fault of a network without stages.</summary>
    /// <param name="subject">The architecture's name, or whose network it is.</param>
    internal static FeatureFaultException WithoutStages(string subject)
    {
        var staged = ModelRegistry.CreateDefault().Families.Where(family => family.HasStages).SelectMany(family => family.Examples);
        return new FeatureFaultException(
            subject, "a network with inner maps to compare", "none", $"choose among {string.Join(", ", staged)}, or an objective that needs logits alone");
    }
}
