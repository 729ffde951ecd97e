using System.Text;
using Ensemble.Pipeline;
using Ensemble.Storage;

namespace Ensemble.Scheduling;

/// <summary>Says how the stages of a submitted run or sweep stand.</summary>
/// <param name="file">Its slurm.json.</param>
/// <param name="states">What Slurm knows of its jobs; null where it cannot be asked.</param>
public sealed class StageReports(SlurmFile file, IReadOnlyDictionary<string, SlurmJobState>? states)
{
    private const int TailBytes = 4096;

    private readonly IReadOnlyDictionary<string, SlurmJob> _latest = file.Latest();
    private readonly StageProgress _progress = new();

    /// <summary>How a stage stands.</summary>
    /// <exception cref="DataFaultException">A file of the stage is damaged.</exception>
    public StageReport Read(PlannedStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var progress = _progress.Read(stage);
        var job = _latest.GetValueOrDefault(stage.Name);
        var report = new StageReport { Stage = stage, Progress = progress, State = Word(progress.State), Job = job };
        if (job is null || states is null)
        {
            return report;
        }

        var state = states.GetValueOrDefault(job.Id);
        report = report with { Node = state?.Node ?? "" };
        return state switch
        {
            { IsPending: true } when progress.State != StageState.Done => report with { State = "waiting", Explanation = state.Explanation },
            { IsLive: true } when progress.State != StageState.Done => report with { State = state.Word.ToLowerInvariant() },
            _ when progress.State == StageState.Done => report,
            { Word: "CANCELLED" } => report with { State = "cancelled" },
            _ => report with { State = "failed", Explanation = Ending(job, state) },
        };
    }

    private static string Word(StageState state) => state.ToString().ToLowerInvariant();

    private static string Ending(SlurmJob job, SlurmJobState? state)
    {
        var word = state?.Word ?? "ended";
        if (!File.Exists(job.Log))
        {
            if (state is null)
            {
                return "Slurm has forgotten the job, and there is no log: it was cancelled before it began, or its node cannot see the run's folder";
            }

            var node = state.Node.Length > 0 ? state.Node : "its node";
            return $"{word} before it could write {job.Log}: {node} cannot see the run's folder, which must lie on a file system that every node has";
        }

        return LastLine(job.Log) is { Length: > 0 } line ? $"{word}: {line}" : $"{word}; its log is empty: {job.Log}";
    }

    private static string LastLine(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Position = Math.Max(0, stream.Length - TailBytes);
            var tail = new byte[TailBytes];
            var count = stream.ReadAtLeast(tail, TailBytes, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(tail, 0, count).Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line))?.Trim() ?? "";
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            return $"its log cannot be read ({exception.Message})";
        }
    }
}
