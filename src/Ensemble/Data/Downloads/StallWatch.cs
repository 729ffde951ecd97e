namespace Ensemble.Data.Downloads;

/// <summary>Cancels when nothing was heard for some time, or when the caller cancels.</summary>
internal sealed class StallWatch : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _stall;
    private readonly CancellationTokenSource _either;

    public StallWatch(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _timeout = timeout;
        _stall = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stall.Token);
    }

    /// <summary>Cancelled for either reason.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Something was heard: the time begins anew.</summary>
    public void Heard() => _stall.CancelAfter(_timeout);

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _stall.Dispose();
    }
}
