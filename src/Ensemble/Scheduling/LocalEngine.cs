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
    /// <exception cref="MachineFaultException">A stage's process could not be started; the others were asked to stop, and have stopped.</exception>
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
        // So that a fault of one stage's process, or of the observer, leaves no other behind.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (open.Count + running.Count > 0)
            {
                Begin();
                if (running.Count == 0)
                {
                    break;
                }

                End(Task.WhenAny(running.Keys).GetAwaiter().GetResult());
            }
        }
        catch
        {
            stop.Cancel();
            Task.WhenAll(running.Keys).ContinueWith(_ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
            throw;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return failed;

        void Begin()
        {
            var ready = cancellationToken.IsCancellationRequested ? [] : open.Where(stage => !stage.Needs.Any(missing.Contains)).Take(options.Jobs - running.Count).ToArray();
            foreach (var stage in ready)
            {
                open.Remove(stage);
                running.Add(Task.Factory.StartNew(() => runner(stage, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default), stage);
                observer.Report(new StageChange { Stage = stage, Begun = count - open.Count, Count = count });
            }
        }

        void End(Task<StageEnd> ended)
        {
            running.Remove(ended, out var stage);
            var end = ended.GetAwaiter().GetResult();
            if (end.IsDone)
            {
                missing.Remove(stage!.Name);
            }
            else
            {
                failed.Add(stage!.Name);
            }

            if (end.IsDone || !cancellationToken.IsCancellationRequested)
            {
                // One that was asked to stop has not failed.
                observer.Report(new StageChange { Stage = stage, Begun = count - open.Count, Count = count, End = end });
            }
        }
    }

    private static bool TakesLong(string key) => key is StageKey.SoftTargets or StageKey.Baseline or StageKey.Student || StageKey.TeacherIndex(key) is not null;
}
