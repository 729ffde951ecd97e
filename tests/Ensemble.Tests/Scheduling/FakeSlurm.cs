using Ensemble.Processes;
using Ensemble.Scheduling;

namespace Ensemble.Tests.Scheduling;

/// <summary>A Slurm in memory: sbatch hands out numbers, squeue tells what a test has set, sacct is off.</summary>
internal sealed class FakeSlurm : IProgramRunner
{
    private int _next = 100;

    /// <summary>What was called, a line each.</summary>
    public List<(string Program, IReadOnlyList<string> Arguments)> Calls { get; } = [];

    /// <summary>The state of each job in squeue: STATE|NODE|REASON by 12 or 12_3.</summary>
    public Dictionary<string, string> Queue { get; } = [];

    /// <summary>What sacct says; null where accounting is off.</summary>
    public string? Accounting { get; set; }

    /// <summary>What sbatch complains of; null where it does not.</summary>
    public string? Refusal { get; set; }

    /// <summary>Programs that are not there.</summary>
    public HashSet<string> Absent { get; } = [];

    public SlurmClient Client => new(this);

    /// <summary>The arguments of each sbatch that submitted.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Submissions => [.. Calls.Where(call => call.Program == "sbatch" && call.Arguments[0] == "--parsable").Select(call => call.Arguments)];

    /// <summary>The jobs that were cancelled.</summary>
    public IReadOnlyList<string> Cancelled => [.. Calls.Where(call => call.Program == "scancel").SelectMany(call => call.Arguments)];

    public ProgramAnswer? Run(string program, IReadOnlyList<string> arguments)
    {
        if (Absent.Contains(program))
        {
            return null;
        }

        Calls.Add((program, arguments));
        return program switch
        {
            "sbatch" when arguments[0] == "--version" => new ProgramAnswer(0, "slurm-wlm 22.05.8\n", ""),
            "sbatch" => Refusal is null ? new ProgramAnswer(0, $"{_next++};cluster\n", "") : new ProgramAnswer(1, "", Refusal),
            "squeue" => Ask(arguments),
            "sacct" => Accounting is null ? new ProgramAnswer(1, "", "Slurm accounting storage is disabled\n") : new ProgramAnswer(0, Accounting, ""),
            "scancel" => new ProgramAnswer(0, "", ""),
            _ => throw new InvalidOperationException(program),
        };
    }

    private ProgramAnswer Ask(IReadOnlyList<string> arguments)
    {
        var asked = arguments.First(argument => argument.StartsWith("--jobs=", StringComparison.Ordinal))["--jobs=".Length..].Split(',');
        var known = Queue.Where(job => asked.Contains(job.Key.Split('_')[0])).ToArray();
        return known.Length == 0 && asked.Length == 1
            ? new ProgramAnswer(1, "", "slurm_load_jobs error: Invalid job id specified\n")
            : new ProgramAnswer(0, string.Concat(known.Select(job => $"{job.Key.Split('_')[0]}|{(job.Key.Contains('_', StringComparison.Ordinal) ? job.Key.Split('_')[1] : "N/A")}|{job.Value}\n")), "");
    }
}
