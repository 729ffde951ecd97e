using Ensemble.Data;
using Ensemble.Pipeline;

namespace Ensemble.Scheduling;

/// <summary>How the stages of a run or sweep become jobs, as far as its recipe does not say: nothing of it changes a weight.</summary>
public sealed record JobLayout
{
    /// <summary>Into how many jobs the soft targets are cut, by samples. Default 1, which cuts nothing; at most <see cref="SampleShard.MaximumCount"/>.</summary>
    public int SoftTargetShards { get; init; } = 1;

    /// <summary>Into how many jobs each measurement on the test images is cut, by samples. Default 1; at most <see cref="SampleShard.MaximumCount"/>.</summary>
    public int EvaluationShards { get; init; } = 1;

    /// <summary>As what each student leaves at the end; null, the default, for no export.</summary>
    public ExportRequest? Export { get; init; }

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Hold(SoftTargetShards, nameof(SoftTargetShards));
        Hold(EvaluationShards, nameof(EvaluationShards));
        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(JobLayout)}: {string.Join("; ", faults)}");
        }

        void Hold(int count, string name)
        {
            if (count is < 1 or > SampleShard.MaximumCount)
            {
                faults.Add($"{name} must be 1 to {SampleShard.MaximumCount}, is {count}");
            }
        }
    }

    /// <summary>Into how many jobs a stage is cut.</summary>
    /// <param name="key">The stage.</param>
    internal int ShardsOf(string key) => key switch
    {
        StageKey.SoftTargets => SoftTargetShards,
        StageKey.Evaluation or StageKey.Ensemble => EvaluationShards,
        _ => 1,
    };
}
