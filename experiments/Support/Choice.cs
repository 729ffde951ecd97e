using Ensemble.Data;
using Ensemble.Training;

namespace Ensemble.Experiments;

/// <summary>Something that was chosen on images held out.</summary>
/// <param name="Value">What was chosen.</param>
/// <param name="Note">Among what, and by which errors.</param>
public sealed record Choice(double Value, string Note)
{
    /// <summary>Chooses what makes the fewest errors, the first of equals; the test images have no say in it.</summary>
    /// <param name="what">What it is, for people.</param>
    /// <param name="values">What there is to choose from, in order of size.</param>
    /// <param name="epochs">How long the networks are trained that are tried.</param>
    /// <param name="held">The images held out.</param>
    /// <param name="wereSeenByTeachers">Whether the networks tried have teachers that were trained on these, so that the errors are fewer than on images new to both.</param>
    /// <param name="errors">Trains a network with a value on none of the images held out, and counts its errors on them.</param>
    /// <exception cref="TrainingFaultException">No network learned with any of them.</exception>
    public static Choice Make(string what, IReadOnlyList<double> values, int epochs, ImageDataset held, bool wereSeenByTeachers, Func<double, double> errors)
    {
        TrainingFaultException? fault = null;
        var tried = values.Select(value => (Value: value, Errors: Try(value))).ToArray();
        var (chosen, fewest) = tried.MinBy(entry => entry.Errors);
        if (double.IsInfinity(fewest))
        {
            throw fault!;
        }

        var list = string.Join(", ", tried.Select(entry => FormattableString.Invariant($"{(double.IsFinite(entry.Errors) ? $"{entry.Errors} errors" : "no finite loss")} with {entry.Value}")));
        var seen = wereSeenByTeachers ? "their teachers were" : "nor any teacher";
        var edge = chosen == values[0] || chosen == values[^1] ? ", at the edge of those tried" : "";
        return new Choice(chosen, FormattableString.Invariant($"Chosen on {held.Count:N0} training images that the nets tried were not trained on ({seen}), after {epochs} epochs: {what} {chosen}{edge} ({list})."));

        // A value may be too large for a network to learn at all.
        double Try(double value)
        {
            try
            {
                return errors(value);
            }
            catch (TrainingFaultException caught)
            {
                fault = caught;
                return double.PositiveInfinity;
            }
        }
    }
}
