namespace Ensemble.Scheduling;

/// <summary>How the stages of a run or sweep share this machine.</summary>
public sealed record LocalOptions
{
    private const int MostJobs = 256;

    /// <summary>How many stages are done at once. Default 1, which does them in this process; 1 to 256.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The share of the cores that a stage gets, in threads, at least 1.</summary>
    public int ThreadsOfAJob => Math.Max(1, Environment.ProcessorCount / Jobs);

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    public void Validate()
    {
        if (Jobs is < 1 or > MostJobs)
        {
            throw new ArgumentException($"{nameof(LocalOptions)}: {nameof(Jobs)} must be 1 to {MostJobs}, is {Jobs}");
        }
    }
}
