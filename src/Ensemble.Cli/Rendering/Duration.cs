namespace Ensemble.Cli.Rendering;

/// <summary>Durations for a person.</summary>
internal static class Duration
{
    /// <summary><c>4.2 s</c>, <c>42 s</c>, <c>4:05</c> (minutes) or <c>1:02:03</c> (hours).</summary>
    /// <param name="seconds">At least 0.</param>
    public static string Format(double seconds)
    {
        var whole = (long)Math.Round(seconds);
        return whole switch
        {
            < 10 => $"{seconds:0.0} s",
            < 60 => $"{whole} s",
            < 3600 => $"{whole / 60}:{whole % 60:00}",
            _ => $"{whole / 3600}:{whole / 60 % 60:00}:{whole % 60:00}",
        };
    }
}
