using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Pipeline;
using Ensemble.Scheduling;

namespace Ensemble.Cli.Commands;

/// <summary>The flags that say what does the stages of a run, and what a cluster is asked for.</summary>
internal sealed class EngineFlags
{
    public Option<string> Kind { get; } = Flag.Choice(
        "--engine", "What does the stages: this process, or jobs on a Slurm cluster, of which the folder on a shared file system is all they have in common", EngineKind.Local);

    public Option<int> Jobs { get; } = Flag.Number(
        "--jobs", "N", "How many trainings this machine does at once, each in a process with its share of the cores; sums on other numbers of cores may differ in their last bits",
        new NumberRule<int>(jobs => new LocalOptions { Jobs = jobs }.Validate()), new LocalOptions().Jobs);

    public Option<string?> Partition { get; } = Flag.Text("--partition", "NAME", "The partition of the jobs; this flag and those that follow are for --engine slurm, and a resubmission need not repeat them");

    public Option<string?> Account { get; } = Flag.Text("--account", "NAME", "The account that the jobs are charged to");

    public Option<string?> Time { get; } = Flag.Text("--time", "LIMIT", "The time limit of a stage, as sbatch takes it: 90 (minutes), 12:00:00, 2-00");

    public Option<string?> Memory { get; } = Flag.Text("--memory", "SIZE", "The memory of a stage, as sbatch takes it: 16G");

    public Option<int?> Cpus { get; } = Flag.OptionalNumber(
        "--cpus", "N", "The CPUs of a stage, which are its threads too", new NumberRule<int>(cpus => new SlurmOptions { Cpus = cpus }.Validate()));

    public Option<string?> Gpus { get; } = Flag.Text("--gpus", "N", "The GPUs of a stage, as sbatch takes them: 1, a100:1");

    public Option<string[]> SbatchFlags { get; } = new("--sbatch-flag")
    {
        Description = "A further argument of sbatch, repeatable, behind a sign of equality: --sbatch-flag=--qos=high",
        HelpName = "FLAG",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<int?> SoftTargetShards { get; } = Flag.OptionalNumber(
        "--soft-target-shards", "N", "Into how many jobs the soft targets are cut, by samples [default: 1]", new NumberRule<int>(count => new JobLayout { SoftTargetShards = count }.Validate()));

    public Option<int?> EvaluationShards { get; } = Flag.OptionalNumber(
        "--evaluation-shards", "N", "Into how many jobs the measuring of each run is cut, by test images [default: 1]", new NumberRule<int>(count => new JobLayout { EvaluationShards = count }.Validate()));

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [Kind, Jobs, .. OfSlurm];

    private IReadOnlyList<Option> OfSlurm => [Partition, Account, Time, Memory, Cpus, Gpus, SbatchFlags, SoftTargetShards, EvaluationShards];

    /// <summary>Whether the stages go to Slurm.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="begin">The flag that only begins a run.</param>
    /// <param name="hourlyRate">The flag that says what an hour of the machine costs.</param>
    /// <exception cref="UsageException">What was typed cannot be meant together.</exception>
    public bool IsSlurm(ParseResult parsed, Option<bool> begin, Option<double?> hourlyRate)
    {
        var isSlurm = Flag.Read<EngineKind>(parsed, Kind) == EngineKind.Slurm;
        var typed = OfSlurm.Where(option => Flag.IsTyped(parsed, option)).Select(option => option.Name).ToArray();
        if (!isSlurm && typed.Length > 0)
        {
            throw new UsageException($"{string.Join(", ", typed)}: only with --engine slurm");
        }

        if (isSlurm && parsed.GetValue(begin))
        {
            throw new UsageException("--begin: names the stages for other schedulers; leave it out with --engine slurm, which submits them");
        }

        var others = new[] { isSlurm ? Kind : null, parsed.GetValue(begin) ? (Option)begin : null }.OfType<Option>().ToArray();
        if (others.Length > 0 && Flag.IsTyped(parsed, Jobs))
        {
            throw new UsageException($"{Jobs.Name}: says what this machine does at once; leave it out with {others[0].Name}");
        }

        if (parsed.GetValue(Jobs) > 1 && Flag.IsTyped(parsed, hourlyRate))
        {
            throw new UsageException($"{hourlyRate.Name}: counts the hours of every stage, which are not the machine's where {Jobs.Name} has it do several at once");
        }

        return isSlurm;
    }

    /// <summary>What was typed of the cluster.</summary>
    /// <param name="parsed">What was typed, without faults.</param>
    /// <exception cref="UsageException">A value cannot be meant.</exception>
    public SlurmOptions ToOptions(ParseResult parsed)
    {
        var flags = parsed.GetValue(SbatchFlags) ?? [];
        if (flags.FirstOrDefault(flag => !flag.StartsWith('-')) is { } word)
        {
            throw new UsageException($"--sbatch-flag: must begin with -, is {word}");
        }

        var options = new SlurmOptions
        {
            Partition = parsed.GetValue(Partition),
            Account = parsed.GetValue(Account),
            Time = parsed.GetValue(Time),
            Memory = parsed.GetValue(Memory),
            Cpus = parsed.GetValue(Cpus),
            Gpus = parsed.GetValue(Gpus),
            Flags = flags,
        };
        try
        {
            options.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message);
        }

        return options;
    }

    /// <summary>How the stages become jobs: as typed, else as they were.</summary>
    /// <param name="parsed">What was typed, without faults.</param>
    /// <param name="export">What was typed of an export; null for nothing.</param>
    /// <param name="before">How they became jobs when they were submitted last; null where they never were.</param>
    public JobLayout ToLayout(ParseResult parsed, ExportRequest? export, JobLayout? before)
    {
        before ??= new JobLayout();
        return new JobLayout
        {
            SoftTargetShards = parsed.GetValue(SoftTargetShards) ?? before.SoftTargetShards,
            EvaluationShards = parsed.GetValue(EvaluationShards) ?? before.EvaluationShards,
            Export = export ?? before.Export,
        };
    }
}
