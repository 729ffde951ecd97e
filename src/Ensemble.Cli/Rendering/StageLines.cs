using Ensemble.Scheduling;
using Spectre.Console;

namespace Ensemble.Cli.Rendering;

/// <summary>Tells in lines which stages begin and end in processes of their own.</summary>
/// <param name="console">Where to.</param>
internal sealed class StageLines(IAnsiConsole console) : IProgress<StageChange>
{
    /// <inheritdoc/>
    public void Report(StageChange value) => console.WritePlainLine(value.End switch
    {
        null => $"[{value.Begun}/{value.Count}] {value.Stage.Name}",
        { IsDone: true } end => $"{value.Stage.Name}: done in {Duration.Format(end.Seconds)}",
        var end => $"{value.Stage.Name}: failed: {(end.LastLine.Length > 0 ? end.LastLine : "it wrote nothing")} (all that it wrote: {end.Log})",
    });
}
