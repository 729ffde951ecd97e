namespace Ensemble.Cli.Tests;

/// <summary>A clock on which pauses and time-outs are over twenty times as soon.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private const int Factor = 20;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Factor : dueTime, period);
}
