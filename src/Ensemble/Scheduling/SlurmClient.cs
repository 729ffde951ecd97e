using Ensemble.Processes;

namespace Ensemble.Scheduling;

/// <summary>Slurm's commands: sbatch, squeue, sacct, scancel.</summary>
/// <param name="programs">Runs them.</param>
public sealed class SlurmClient(IProgramRunner programs)
{
    private const string Sbatch = "sbatch";
    private const string Squeue = "squeue";
    private const string Scancel = "scancel";
    private const string Sacct = "sacct";

    // A command line has its limits, and so has the scheduler's patience.
    private const int IdsAtOnce = 500;

    /// <summary>Holds that jobs can be submitted from this machine.</summary>
    /// <exception cref="MachineFaultException">There is no sbatch, or it does not work.</exception>
    public void RequireInstalled() => Run(Sbatch, ["--version"]);

    /// <summary>Submits a job.</summary>
    /// <param name="arguments">sbatch's, the script last.</param>
    /// <returns>The job's number.</returns>
    /// <exception cref="MachineFaultException">sbatch is missing or refuses; the message is its own.</exception>
    public string Submit(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        // NUMBER, or NUMBER;CLUSTER.
        var answer = Run(Sbatch, ["--parsable", .. arguments]).Output.Trim().Split(';')[0];
        return answer.Length > 0 && answer.All(char.IsAsciiDigit)
            ? answer
            : throw new MachineFaultException(Sbatch, $"answered '{answer}', and no job's number", "look with squeue whether there is a job");
    }

    /// <summary>What becomes of jobs, by their names; jobs that the scheduler has forgotten are not among them.</summary>
    /// <param name="ids">The jobs: <c>12</c>, or <c>12_3</c> of an array.</param>
    /// <exception cref="MachineFaultException">squeue is missing, or its scheduler does not answer.</exception>
    public IReadOnlyDictionary<string, SlurmJobState> States(IEnumerable<string> ids)
    {
        var wanted = ids.ToHashSet();
        var states = new Dictionary<string, SlurmJobState>();
        foreach (var numbers in wanted.Select(NumberOf).Distinct().Chunk(IdsAtOnce))
        {
            foreach (var state in SlurmOutput.ReadQueue(AskQueue(numbers)).Where(state => wanted.Contains(state.Id)))
            {
                states[state.Id] = state;
            }
        }

        foreach (var numbers in wanted.Where(id => !states.ContainsKey(id)).Select(NumberOf).Distinct().Chunk(IdsAtOnce))
        {
            // Where accounting is off, sacct says so and fails: then there is nothing to be had.
            var answer = programs.Run(Sacct, ["--noheader", "--parsable2", "--allocations", "--array", $"--jobs={string.Join(',', numbers)}", "--format=JobID,State,NodeList"]);
            foreach (var state in answer is { ExitCode: 0 } ? SlurmOutput.ReadAccounting(answer.Output) : [])
            {
                if (wanted.Contains(state.Id))
                {
                    states.TryAdd(state.Id, state);
                }
            }
        }

        return states;
    }

    /// <summary>Ends jobs, or takes them from the queue.</summary>
    /// <param name="ids">The jobs.</param>
    /// <exception cref="MachineFaultException">scancel is missing or refuses; the message is its own.</exception>
    public void Cancel(IEnumerable<string> ids)
    {
        foreach (var some in ids.Chunk(IdsAtOnce))
        {
            Run(Scancel, some);
        }
    }

    private static string NumberOf(string id) => id.Split('_')[0];

    private string AskQueue(IReadOnlyList<string> numbers)
    {
        string[] arguments = ["--noheader", "--array", "--states=all", $"--jobs={string.Join(',', numbers)}", $"--format={SlurmOutput.QueueFormat}"];
        var answer = programs.Run(Squeue, arguments);
        // What it says of a single job that it has forgotten; of several, it leaves those out.
        return answer is { ExitCode: not 0 } && answer.Error.Contains("Invalid job id", StringComparison.Ordinal)
            ? ""
            : Require(Squeue, answer).Output;
    }

    private ProgramAnswer Run(string program, IReadOnlyList<string> arguments) => Require(program, programs.Run(program, arguments));

    private static ProgramAnswer Require(string program, ProgramAnswer? answer)
    {
        if (answer is null)
        {
            throw new MachineFaultException(program, "is not on this machine", "call from a node that has Slurm's commands, or leave out --engine slurm");
        }

        return answer.ExitCode == 0
            ? answer
            : throw new MachineFaultException(program, SlurmOutput.ReadFault(program, answer), "correct what was asked for, or ask the cluster's people; the same command goes on from there");
    }
}
