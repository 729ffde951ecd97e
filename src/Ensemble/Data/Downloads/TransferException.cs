namespace Ensemble.Data.Downloads;

/// <summary>One try of one mirror failed; the loop above decides what that means. Never reaches a caller.</summary>
internal sealed class TransferException : Exception
{
    public TransferException(string found, bool isPermanent, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(found.ReplaceLineEndings(" "), inner)
    {
        IsPermanent = isPermanent;
        RetryAfter = retryAfter;
    }

    /// <summary>Whether another try of this mirror would not help.</summary>
    public bool IsPermanent { get; }

    /// <summary>How long the server asked to wait.</summary>
    public TimeSpan? RetryAfter { get; }
}
