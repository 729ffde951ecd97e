using System.CommandLine;
using System.Globalization;
using Ensemble.Cli.Arguments;
using Ensemble.Data;
using Ensemble.Pipeline;

namespace Ensemble.Cli.Commands;

/// <summary>The flags of every command that makes a run.</summary>
/// <param name="commandName">The command, for the folder's name.</param>
internal sealed class RunFlags(string commandName)
{
    /// <summary>A recipe that has every default; what it has to name is empty.</summary>
    public static DistillationRecipe Defaults { get; } = new()
    {
        Dataset = "",
        Teacher = "",
        Student = "",
        TeacherTraining = RecipeDefaults.Training("", AugmentationOptions.None),
        StudentTraining = RecipeDefaults.Training("", AugmentationOptions.None),
    };

    /// <summary>What everything random is derived from.</summary>
    public Option<ulong> Seed { get; } = Flag.Number(
        "--seed", "S", "What everything random is derived from; a whole number", new NumberRule<ulong>(_ => { }), Defaults.Seed);

    /// <summary>Where it computes.</summary>
    public Option<string?> Device { get; } = Flag.Text(
        "--device", "auto|cpu|cuda|cuda:N", "Where to compute; auto is a GPU where there is one", Defaults.Device);

    /// <summary>The run's folder.</summary>
    public Option<string?> Out { get; } = Flag.Text(
        "--out", "DIR", $"The run's folder; naming it again continues its run [default: runs/{commandName}-DATASET-TIME]");

    /// <summary>The run's folder: as typed, or a new one named after the command, the data set and the time (UTC).</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="dataset">The data set's name.</param>
    /// <param name="clock">Tells the time.</param>
    public string Folder(ParseResult parsed, string dataset, TimeProvider clock) =>
        parsed.GetValue(Out) ?? Path.Combine("runs", $"{commandName}-{dataset}-{clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
}
