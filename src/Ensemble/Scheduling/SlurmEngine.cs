using Ensemble.Storage;

namespace Ensemble.Scheduling;

/// <summary>
/// Submits the stages of a run or sweep to Slurm, and again those that are missing. The run's folder is all that the jobs have in
/// common; Slurm holds each until what it needs has ended well.
/// </summary>
/// <param name="client">Slurm's commands.</param>
/// <param name="clock">Dates the submission.</param>
public sealed class SlurmEngine(SlurmClient client, TimeProvider clock)
{
    /// <summary>
    /// Submits what is neither done nor pending or running. Jobs that wait for a stage that failed are cancelled and submitted anew.
    /// </summary>
    /// <param name="plan">The stages.</param>
    /// <param name="options">What sbatch is asked for.</param>
    /// <param name="program">What jobs start.</param>
    /// <param name="isDone">Whether a stage's output is there.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="MachineFaultException">
    /// Slurm is missing, refuses, or cannot be told of logs in that folder; what was submitted before is in slurm.json, and another submission goes on from there.
    /// </exception>
    public SlurmSubmission Submit(JobPlan plan, SlurmOptions options, JobProgram program, Func<PlannedStage, bool> isDone)
    {
        ArgumentNullException.ThrowIfNull(plan);
        options.Validate();
        client.RequireInstalled();
        if (plan.RootPath.Contains('\\') || plan.RootPath.Any(char.IsControl))
        {
            throw new MachineFaultException(plan.RootPath, "has a backslash or a control character in its name, which sbatch does not take in the name of a log", "name another folder");
        }

        using var submitLock = FolderLock.Acquire(plan.JobsPath);
        var layout = plan.Layout;
        var file = SlurmFile.IsIn(plan.RootPath) ? SlurmFile.Read(plan.RootPath) : new SlurmFile { Options = options, SoftTargetShards = layout.SoftTargetShards, Jobs = [] };
        file = file with { Options = options, SoftTargetShards = layout.SoftTargetShards, EvaluationShards = layout.EvaluationShards, Export = layout.Export };
        var latest = file.Latest();
        var states = client.States(latest.Values.Select(job => job.Id));
        var triage = new SlurmTriage(plan, latest, states, isDone);

        client.Cancel(triage.Stale);
        var jobs = triage.Left.ToDictionary(stage => stage, stage => latest[stage].Id);
        var submitted = new List<SubmittedJob>();
        var fresh = new HashSet<string>();
        var open = plan.Stages.Where(stage => triage.New.Contains(stage.Name)).ToList();
        while (open.Count > 0)
        {
            // What comes before it in the plan is no longer open, and so has all that it needs a job or its output.
            var after = Dependencies(open[0], jobs, fresh);
            var group = Group(open, after, jobs, fresh);
            var number = Submit(plan, options, program, group, after);
            fresh.Add(number);
            foreach (var stage in group)
            {
                jobs.Add(stage.Name, stage.Task is { } task ? $"{number}_{task}" : number);
                open.Remove(stage);
            }

            file = file with { Jobs = [.. file.Jobs, .. group.Select(stage => Record(stage, jobs[stage.Name]))] };
            file.Write(plan.RootPath);
            submitted.Add(new SubmittedJob(number, [.. group.Select(stage => stage.Name)], after));
        }

        return new SlurmSubmission { Submitted = submitted, Left = [.. triage.Left.Select(stage => latest[stage])], Done = triage.Done, Cancelled = triage.Stale };
    }

    // Stages of one name, with numbers, that wait for the same jobs are one array.
    private static List<PlannedStage> Group(List<PlannedStage> open, List<string> after, Dictionary<string, string> jobs, HashSet<string> fresh)
    {
        var first = open[0];
        if (first.Task is null)
        {
            return [first];
        }

        var waiting = open.Select(stage => stage.Name).ToHashSet();
        return [.. open.Where(stage => stage.Task is not null && stage.JobName == first.JobName
            && !stage.Needs.Any(waiting.Contains) && Dependencies(stage, jobs, fresh).SequenceEqual(after))];
    }

    // A whole array of this submission is named by its number alone. One of an earlier submission can have tasks that failed and
    // that others repeat: of it, tasks are named.
    private static List<string> Dependencies(PlannedStage stage, Dictionary<string, string> jobs, HashSet<string> fresh)
    {
        var needed = stage.Needs.Where(jobs.ContainsKey).Select(need => jobs[need]).ToHashSet();
        var whole = jobs.Values.GroupBy(Number).Where(array => fresh.Contains(array.Key) && array.All(needed.Contains)).Select(array => array.Key).ToHashSet();
        return [.. needed.Select(id => whole.Contains(Number(id)) ? Number(id) : id).Distinct().Order(StringComparer.Ordinal)];

        static string Number(string id) => id.Split('_')[0];
    }

    private string Submit(JobPlan plan, SlurmOptions options, JobProgram program, List<PlannedStage> group, List<string> after)
    {
        var first = group[0];
        foreach (var stage in group)
        {
            CreateFolder(Path.GetDirectoryName(stage.LogOf(stage.Task is { } task ? $"0_{task}" : "0"))!);
        }

        var script = Path.Combine(plan.JobsPath, $"{first.JobName}.sh");
        AtomicFile.WriteText(script, JobScript.Write(program, plan.RootPath, group));
        return client.Submit(
        [
            $"--job-name={Path.GetFileName(plan.RootPath)}/{first.JobName}",
            $"--output={first.LogPattern}",
            // A requeued job adds to its log.
            "--open-mode=append",
            "--requeue",
            .. first.Task is null ? Array.Empty<string>() : [$"--array={string.Join(',', group.Select(stage => stage.Task))}"],
            .. after.Count == 0 ? Array.Empty<string>() : [$"--dependency=afterok:{string.Join(':', after)}"],
            .. options.ToArguments(first.UsesDevice),
            script,
        ]);
    }

    private SlurmJob Record(PlannedStage stage, string id) => new() { Stage = stage.Name, Id = id, SubmittedUtc = clock.GetUtcNow().ToUniversalTime(), Log = stage.LogOf(id) };

    private static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(folder, exception);
        }
    }
}
