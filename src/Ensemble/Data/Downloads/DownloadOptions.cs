namespace Ensemble.Data.Downloads;

/// <summary>How patient a download is, and what it puts up with.</summary>
public sealed record DownloadOptions
{
    /// <summary>How long a server may send nothing before a try is given up. Default 30 s; above 0, at most an
    /// hour.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Tries of each mirror. Default 5; 1 to 100. A try that brought a megabyte or more does not count, so that a long
    /// download over a bad line still ends.
    /// </summary>
    public int TriesPerMirror { get; init; } = 5;

    /// <summary>The pause after every mirror failed once; it doubles each time. Default 1 s; at least 0.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause. Default 30 s; at least <see cref="FirstPause"/>, at most an hour.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Redirects followed in one try. Default 5; 0 to 20.</summary>
    public int MaximumRedirects { get; init; } = 5;

    /// <summary>Whether a file without a published checksum is taken, as the server gave it. Default no.</summary>
    public bool AllowUnverified { get; init; }

    /// <summary>Whether a data set that is there already is downloaded again and replaced. Default no.</summary>
    public bool Replace { get; init; }

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        var hour = TimeSpan.FromHours(1);
        Check(StallTimeout > TimeSpan.Zero && StallTimeout <= hour, nameof(StallTimeout), "above 0, at most an hour");
        Check(TriesPerMirror is >= 1 and <= 100, nameof(TriesPerMirror), "1 to 100");
        Check(FirstPause >= TimeSpan.Zero, nameof(FirstPause), "at least 0");
        Check(
            LongestPause >= FirstPause && LongestPause <= hour, nameof(LongestPause),
            $"at least {nameof(FirstPause)}, at most an hour");
        Check(MaximumRedirects is >= 0 and <= 20, nameof(MaximumRedirects), "0 to 20");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(DownloadOptions)}: {string.Join("; ", faults)}");
        }

        void Check(bool holds, string name, string range)
        {
            if (!holds)
            {
                faults.Add($"{name} must be {range}");
            }
        }
    }
}
