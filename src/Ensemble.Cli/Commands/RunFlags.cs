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
    private static readonly RunSettings s_settings = new() { CommandLine = [] };

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

    /// <summary>Money for an hour.</summary>
    public Option<double?> HourlyRate { get; } = Flag.OptionalNumber(
        "--hourly-rate", "MONEY", "What an hour of the device costs; the results then say what the run cost",
        new NumberRule<double>(rate => (s_settings with { HourlyRate = rate }).Validate()));

    /// <summary>The time between two checkpoints.</summary>
    public Option<double> CheckpointSeconds { get; } = Flag.Number(
        "--checkpoint-seconds", "S", "Seconds between two checkpoints of a training; 0 keeps every step",
        new NumberRule<double>(seconds => (s_settings with { CheckpointInterval = ToInterval(seconds) }).Validate()), s_settings.CheckpointInterval.TotalSeconds);

    /// <summary>How the run is done, as far as it changes no weights.</summary>
    /// <param name="context">Knows what was typed.</param>
    /// <param name="parsed">What was typed, without faults.</param>
    public RunSettings ToSettings(CommandContext context, ParseResult parsed) => new()
    {
        CommandLine = [CommandContext.Launcher, .. context.Arguments],
        HourlyRate = parsed.GetValue(HourlyRate),
        CheckpointInterval = ToInterval(parsed.GetValue(CheckpointSeconds)),
    };

    private static TimeSpan ToInterval(double seconds) =>
        TimeSpan.FromSeconds(Math.Clamp(seconds, -1, TimeSpan.MaxValue.TotalSeconds / 2));

    /// <summary>The run's folder: as typed, or a new one named after the command, the data set and the time (UTC).</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="dataset">The data set's name.</param>
    /// <param name="clock">Tells the time.</param>
    public string Folder(ParseResult parsed, string dataset, TimeProvider clock) =>
        parsed.GetValue(Out) ?? Path.Combine("runs", $"{commandName}-{dataset}-{clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
}
