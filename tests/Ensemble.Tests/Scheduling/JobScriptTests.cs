using Ensemble.Processes;
using Ensemble.Scheduling;

namespace Ensemble.Tests.Scheduling;

public sealed class JobScriptTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("job script's $HOME `x` ").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Script_OfAnArray_StartsTheStageOfItsTaskWithTheThreadsThatWereGiven()
    {
        var answer = Bash(Script([Stage(0), Stage(3)]), "SLURM_ARRAY_TASK_ID=3", "SLURM_CPUS_PER_TASK=7");

        Assert.Equal((0, ""), (answer.ExitCode, answer.Error));
        Assert.Equal($"7 threads\nrun\nstage\n{_root}\nteachers/3\n--checkpoint-seconds\n5\n", answer.Output);
    }

    [Fact]
    public void Script_WithoutCpusAskedFor_TakesThoseOfTheNode()
    {
        Assert.StartsWith("2 threads\n", Bash(Script([Stage(0) with { Task = null }]), "SLURM_CPUS_ON_NODE=2").Output, StringComparison.Ordinal);
        Assert.StartsWith("1 threads\n", Bash(Script([Stage(0) with { Task = null }])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Script_TaskThatIsNot_Fails()
    {
        var answer = Bash(Script([Stage(0)]), "SLURM_ARRAY_TASK_ID=1", "SLURMD_NODENAME=n7");

        Assert.Equal((1, "error: task 1: no such stage on node n7; submit the run again\n"), (answer.ExitCode, answer.Error));
    }

    [Fact]
    public void Script_FolderThatTheNodeHasNot_SaysSoInALine()
    {
        var gone = Path.Combine(_root, "gone");

        var answer = Bash(JobScript.Write(Program(), gone, [Stage(0) with { Task = null }]), "SLURMD_NODENAME=n7");

        Assert.Equal((1, $"error: {gone}: no such folder on node n7; the run must lie on a file system that every node has\n"), (answer.ExitCode, answer.Error));
    }

    [Fact]
    public void Script_ProgramThatTheNodeHasNot_SaysSoInALine()
    {
        var answer = Bash(JobScript.Write(new JobProgram(["/no/dotnet", "x.dll"], []), _root, [Stage(0) with { Task = null }]), "SLURMD_NODENAME=n7");

        Assert.Equal((1, "error: /no/dotnet: no such file on node n7; what jobs start must lie where every node has it\n"), (answer.ExitCode, answer.Error));
    }

    private string Script(IReadOnlyList<PlannedStage> stages) => JobScript.Write(Program(), _root, stages);

    private static JobProgram Program() => new(["/bin/sh", "-c", "echo $OMP_NUM_THREADS threads; printf '%s\\n' \"$0\" \"$@\""], ["--checkpoint-seconds", "5"]);

    private PlannedStage Stage(int index) => new() { Name = $"teachers/{index}", Folder = _root, Key = $"teachers/{index}", Needs = [], JobName = "teachers", Task = index, LogPattern = "x" };

    private ProgramAnswer Bash(string script, params string[] variables)
    {
        var path = Path.Combine(_root, "script.sh");
        File.WriteAllText(path, script);
        return new ProgramRunner().Run("env", ["-u", "SLURM_CPUS_PER_TASK", "-u", "SLURM_CPUS_ON_NODE", .. variables, "bash", path])!;
    }
}
