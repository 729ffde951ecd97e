using System.Collections.Concurrent;

namespace Ensemble.Tests.Data.Downloads;

/// <summary>A clock on which pauses are over at once, and are noted; time-outs of ten minutes or more stay.</summary>
internal sealed class HastyTime : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _pauses = new();

    public IReadOnlyList<TimeSpan> Pauses => [.. _pauses];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.FromMinutes(10) || dueTime < TimeSpan.Zero)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        _pauses.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
