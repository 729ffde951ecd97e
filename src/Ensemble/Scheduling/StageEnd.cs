namespace Ensemble.Scheduling;

/// <summary>How a stage in a process of its own ended.</summary>
/// <param name="IsDone">Whether it did what it was asked.</param>
/// <param name="Seconds">How long the process ran.</param>
/// <param name="LastLine">The last line that it wrote; empty where it wrote none.</param>
/// <param name="Log">The file with all that it wrote.</param>
public sealed record StageEnd(bool IsDone, double Seconds, string LastLine, string Log);
