using Ensemble.Pipeline;

namespace Ensemble.Scheduling;

/// <summary>
/// Does what takes long of a run or sweep on this machine, several stages at once: trainings and the teachers' answers. What
/// measures is left to the process that comes after, so that latency is not measured beside other work.
/// </summary>
/// <param name="options">How many stages at once.</param>
/// <param name="runner">Does a stage to its end; called on several threads at once.</param>
public sealed class LocalEngine(LocalOptions options, Func<PlannedStage, CancellationToken, StageEnd> runner)
{
    /// <summary>Does the stages that are not done. One that fails holds up what needs it, and nothing else.</summary>
    /// <param name="plan">The stages.</param>
    /// <param name="isDone">Whether a stage's output is there.</param>
    /// <param name="observer">Told of each beginning and end, on the calling thread.</param>
    /// <param name="cancellationToken">Begins no further stage, and asks those that run to stop.</param>
    /// <returns>The names of the stages that failed, in the order in which they did.</returns>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; every stage has stopped.</exception>
    public IReadOnlyList<string> Do(JobPlan plan, Func<PlannedStage, bool> isDone, IProgress<StageChange> observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(observer);
        options.Validate();
        var open = plan.Stages.Where(stage => TakesLong(stage.Key) && !isDone(stage)).ToList();
        var missing = open.Select(stage => stage.Name).ToHashSet();
        var count = open.Count;
        var running = new Dictionary<Task<StageEnd>, PlannedStage>();
        var failed = new List<string>();
        while (true)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                foreach (var stage in open.Where(stage => !stage.Needs.Any(missing.Contains)).Take(options.Jobs - running.Count).ToArray())
                {
                    open.Remove(stage);
                    running.Add(Task.Factory.StartNew(() => runner(stage, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default), stage);
                    observer.Report(new StageChange { Stage = stage, Begun = count - open.Count, Count = count });
                }
            }

            if (running.Count == 0)
            {
                break;
            }

            var ended = Task.WhenAny(running.Keys).GetAwaiter().GetResult();
            running.Remove(ended, out var done);
            var end = ended.GetAwaiter().GetResult();
            if (end.IsDone)
            {
                missing.Remove(done!.Name);
            }
            else
            {
                failed.Add(done!.Name);
            }

            if (end.IsDone || !cancellationToken.IsCancellationRequested)
            {
                // One that was asked to stop has not failed.
                observer.Report(new StageChange { Stage = done, Begun = count - open.Count, Count = count, End = end });
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return failed;
    }

    private static bool TakesLong(string key) => key is StageKey.SoftTargets or StageKey.Baseline or StageKey.Student || StageKey.TeacherIndex(key) is not null;
}
