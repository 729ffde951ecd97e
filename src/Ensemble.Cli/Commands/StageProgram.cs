using System.CommandLine;
using System.Globalization;
using Ensemble.Cli.Arguments;
using Ensemble.Scheduling;

namespace Ensemble.Cli.Commands;

/// <summary>How this program is started for a stage.</summary>
internal static class StageProgram
{
    /// <summary>The program that this is, and what every stage is told besides.</summary>
    /// <param name="run">The flags of the run.</param>
    /// <param name="parsed">What was typed.</param>
    public static JobProgram Of(RunFlags run, ParseResult parsed)
    {
        var process = Environment.ProcessPath!;
        var assembly = typeof(CommandLine).Assembly.Location;
        var isHost = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        string[] words =
        [
            .. parsed.GetValue(run.HourlyRate) is { } rate ? new[] { run.HourlyRate.Name, rate.ToString("R", CultureInfo.InvariantCulture) } : [],
            .. Flag.IsTyped(parsed, run.CheckpointSeconds)
                ? new[] { run.CheckpointSeconds.Name, parsed.GetValue(run.CheckpointSeconds).ToString("R", CultureInfo.InvariantCulture) } : [],
        ];
        return new JobProgram(isHost ? [process, assembly] : [process], words);
    }
}
