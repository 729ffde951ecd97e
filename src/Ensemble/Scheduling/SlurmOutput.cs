using System.Globalization;
using System.Text.RegularExpressions;
using Ensemble.Processes;

namespace Ensemble.Scheduling;

/// <summary>Reads what Slurm's commands write.</summary>
internal static partial class SlurmOutput
{
    /// <summary>What squeue is asked for: array or job, task, state, nodes, and the reason, which may hold anything, last.</summary>
    public const string QueueFormat = "%F|%K|%T|%N|%r";

    private const int QueueFields = 5;

    /// <summary>Reads squeue's lines in <see cref="QueueFormat"/>.</summary>
    public static IEnumerable<SlurmJobState> ReadQueue(string output) =>
        from line in Lines(output)
        let fields = line.Split('|', QueueFields)
        where fields.Length == QueueFields
        from id in Ids(fields[0], fields[1])
        select new SlurmJobState { Id = id, Word = fields[2], Node = fields[3], Reason = fields[4] };

    /// <summary>Reads sacct's lines of job, state, nodes.</summary>
    public static IEnumerable<SlurmJobState> ReadAccounting(string output) =>
        from line in Lines(output)
        let fields = line.Split('|')
        where fields.Length >= 3
        let job = fields[0].Split('_', 2)
        from id in Ids(job[0], job.Length > 1 ? job[1] : "")
        // CANCELLED by 1000.
        select new SlurmJobState { Id = id, Word = fields[1].Split(' ')[0].TrimEnd('+'), Node = fields[2] == "None assigned" ? "" : fields[2] };

    /// <summary>What a command of Slurm's complains of, in one line.</summary>
    public static string ReadFault(string program, ProgramAnswer answer)
    {
        string[] lines = [.. Lines(answer.Error).Select(line => Prefix().Replace(line, "").Trim()).Where(line => line.Length > 0).Distinct()];
        return lines.Length > 0 ? string.Join("; ", lines) : string.Create(CultureInfo.InvariantCulture, $"{program} ended with exit code {answer.ExitCode}");
    }

    // A task is a number, nothing or N/A; of tasks that wait together it can be [0-2,5%4].
    private static IEnumerable<string> Ids(string job, string task)
    {
        if (task.Length == 0 || task == "N/A")
        {
            return [job];
        }

        return task.Trim('[', ']').Split('%')[0].Split(',').SelectMany(Numbers).Select(number => string.Create(CultureInfo.InvariantCulture, $"{job}_{number}"));
    }

    private static IEnumerable<int> Numbers(string range)
    {
        var match = Range().Match(range);
        if (!match.Success)
        {
            return [];
        }

        var first = int.Parse(match.Groups["first"].Value, CultureInfo.InvariantCulture);
        var last = match.Groups["last"].Success ? int.Parse(match.Groups["last"].Value, CultureInfo.InvariantCulture) : first;
        return Enumerable.Range(first, Math.Max(0, last - first + 1));
    }

    private static IEnumerable<string> Lines(string output) => output.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0);

    [GeneratedRegex(@"^(?<first>\d{1,8})(-(?<last>\d{1,8}))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Range();

    // "sbatch: error: ", "slurm_load_jobs error: ".
    [GeneratedRegex(@"^(\w+: )?(\w+ )?error: ", RegexOptions.ExplicitCapture)]
    private static partial Regex Prefix();
}
