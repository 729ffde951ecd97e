using Ensemble.Data;
using Ensemble.Training;

namespace Ensemble.Experiments;

/// <summary>Something that was chosen on images held out.</summary>
/// <param name="Value">What was chosen.</param>
/// <param name="Note">Among what, and by which errors.</param>
public sealed record Choice(double Value, string Note)
{
    /// <summary>Chooses what makes the fewest errors; the test images have no say in it.</summary>
    /// <param name="what">What it is, for people.</param>
    /// <param name="options">What there is to choose from.</param>
    /// <param name="epochs">How long the networks are trained that are tried.</param>
    /// <param name="held">The images held out.</param>
    /// <param name="errors">Trains a network with an option on none of them, and counts its errors on them.</param>
    public static Choice Make(string what, IReadOnlyList<double> options, int epochs, ImageDataset held, Func<double, double> errors)
    {
        var tried = options.Select(option => (Option: option, Errors: Try(option))).ToArray();
        var chosen = tried.MinBy(entry => entry.Errors).Option;
        var list = string.Join(", ", tried.Select(entry => FormattableString.Invariant($"{(double.IsFinite(entry.Errors) ? $"{entry.Errors} errors" : "no finite loss")} with {entry.Option}")));
        return new Choice(chosen, FormattableString.Invariant($"Chosen on {held.Count:N0} training images that the nets tried were not trained on (their teachers, where they have some, may have been), after {epochs} epochs: {what} {chosen} ({list})."));

        // An option may be too large for a network to learn at all.
        double Try(double option)
        {
            try
            {
                return errors(option);
            }
            catch (TrainingFaultException)
            {
                return double.PositiveInfinity;
            }
        }
    }
}
