using System.Globalization;

namespace Ensemble.Scheduling;

/// <summary>What sbatch is asked for, for each job. What is null is left to the cluster's defaults.</summary>
public sealed record SlurmOptions
{
    /// <summary>The partition.</summary>
    public string? Partition { get; init; }

    /// <summary>The account that pays.</summary>
    public string? Account { get; init; }

    /// <summary>The time limit of a stage, as sbatch writes it: <c>90</c> (minutes), <c>12:00:00</c>, <c>2-00</c>.</summary>
    public string? Time { get; init; }

    /// <summary>The memory of a stage, as sbatch writes it: <c>16G</c>.</summary>
    public string? Memory { get; init; }

    /// <summary>CPUs of a stage, which are also libtorch's threads; at least 1.</summary>
    public int? Cpus { get; init; }

    /// <summary>GPUs of a stage that computes with networks, as sbatch writes them: <c>1</c>, <c>a100:1</c>.</summary>
    public string? Gpus { get; init; }

    /// <summary>Further arguments of sbatch, as they are; they come last, and so win.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>These options over others: what is there counts, what is not is the others'.</summary>
    /// <param name="others">The others.</param>
    public SlurmOptions Over(SlurmOptions others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new SlurmOptions
        {
            Partition = Partition ?? others.Partition,
            Account = Account ?? others.Account,
            Time = Time ?? others.Time,
            Memory = Memory ?? others.Memory,
            Cpus = Cpus ?? others.Cpus,
            Gpus = Gpus ?? others.Gpus,
            Flags = Flags.Count > 0 ? Flags : others.Flags,
        };
    }

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = FindFaults().ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException($"{nameof(SlurmOptions)}: {string.Join("; ", faults)}");
        }
    }

    /// <summary>What is out of range.</summary>
    internal IEnumerable<string> FindFaults()
    {
        foreach (var (name, value) in new[] { (nameof(Partition), Partition), (nameof(Account), Account), (nameof(Time), Time), (nameof(Memory), Memory), (nameof(Gpus), Gpus) })
        {
            if (value is not null && (string.IsNullOrWhiteSpace(value) || value.Any(char.IsControl)))
            {
                yield return $"{name} must be a word, is '{value}'";
            }
        }

        if (Cpus is < 1)
        {
            yield return $"{nameof(Cpus)} must be at least 1, is {Cpus}";
        }

        foreach (var flag in Flags)
        {
            if (flag is null || !flag.StartsWith('-') || flag.Any(char.IsControl))
            {
                yield return $"{nameof(Flags)} must begin with -, is '{flag}'";
            }
        }
    }

    /// <summary>The options as sbatch's arguments.</summary>
    /// <param name="usesDevice">Whether the stage is one that a GPU is of use to.</param>
    internal IReadOnlyList<string> ToArguments(bool usesDevice)
    {
        var arguments = new List<string>();
        Add("partition", Partition);
        Add("account", Account);
        Add("time", Time);
        Add("mem", Memory);
        Add("cpus-per-task", Cpus?.ToString(CultureInfo.InvariantCulture));
        Add("gpus", usesDevice ? Gpus : null);
        return [.. arguments, .. Flags];

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                arguments.Add($"--{name}={value}");
            }
        }
    }
}
