namespace Ensemble.Scheduling;

/// <summary>Which stages of a plan are done, which have jobs that will do them, and which have to be submitted.</summary>
internal sealed class SlurmTriage
{
    private readonly List<string> _done = [];
    private readonly List<string> _left = [];
    private readonly HashSet<string> _new = [];
    private readonly List<string> _stale = [];

    /// <summary>Sorts the stages.</summary>
    /// <param name="plan">The stages.</param>
    /// <param name="latest">The last job of each.</param>
    /// <param name="states">What Slurm knows of these.</param>
    /// <param name="isDone">Whether a stage's output is there.</param>
    public SlurmTriage(JobPlan plan, IReadOnlyDictionary<string, SlurmJob> latest, IReadOnlyDictionary<string, SlurmJobState> states, Func<PlannedStage, bool> isDone)
    {
        foreach (var stage in plan.Stages)
        {
            var state = latest.TryGetValue(stage.Name, out var job) ? states.GetValueOrDefault(job.Id) : null;
            var isLive = state?.IsLive == true;
            var needsNew = stage.Needs.Any(_new.Contains);
            if (isLive && !(state!.IsPending && (state.IsNeverSatisfied || needsNew)))
            {
                _left.Add(stage.Name);
            }
            else if (!isLive && !needsNew && !stage.Needs.Any(_left.Contains) && isDone(stage))
            {
                _done.Add(stage.Name);
            }
            else
            {
                _new.Add(stage.Name);
                if (isLive)
                {
                    _stale.Add(job!.Id);
                }
            }
        }

        // Jobs of stages that the plan has no longer, as it is cut otherwise now.
        var names = plan.Stages.Select(stage => stage.Name).ToHashSet();
        _stale.AddRange(latest.Values.Where(job => !names.Contains(job.Stage) && states.GetValueOrDefault(job.Id)?.IsLive == true).Select(job => job.Id));
    }

    /// <summary>Stages whose output is there.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>Stages whose jobs wait or run.</summary>
    public IReadOnlyList<string> Left => _left;

    /// <summary>Stages to submit.</summary>
    public IReadOnlySet<string> New => _new;

    /// <summary>Jobs to take from the queue, for others take their place.</summary>
    public IReadOnlyList<string> Stale => _stale;
}
