using System.Globalization;
using System.Text;

namespace Ensemble.Scheduling;

/// <summary>The shell script of a job, or of all tasks of a job array.</summary>
internal static class JobScript
{
    /// <summary>Writes the script's text.</summary>
    /// <param name="program">What it starts.</param>
    /// <param name="rootPath">The folder that the node must see.</param>
    /// <param name="stages">The stage; or those of an array, each with its task.</param>
    public static string Write(JobProgram program, string rootPath, IReadOnlyList<PlannedStage> stages)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$$"""
            #!/bin/bash
            # Written by ensemble; sbatch keeps a copy, so that this file can be deleted.
            fault() { echo "error: $1 on node ${SLURMD_NODENAME:-$HOSTNAME}; $2" >&2; exit 1; }
            run={{{Quote(rootPath)}}}
            program=({{{Words(program.Command)}}})
            [[ -d $run ]] || fault "$run: no such folder" 'the run must lie on a file system that every node has'
            for file in "${program[@]}"; do
                [[ $file != /* || -e $file ]] || fault "$file: no such file" 'what jobs start must lie where every node has it'
            done
            # As many threads as CPUs were asked for, or given.
            export OMP_NUM_THREADS="${SLURM_CPUS_PER_TASK:-${SLURM_CPUS_ON_NODE:-1}}"
            case ${SLURM_ARRAY_TASK_ID:-} in

            """);
        foreach (var stage in stages)
        {
            var task = stage.Task is { } number ? number.ToString(CultureInfo.InvariantCulture) : "*";
            text.Append(CultureInfo.InvariantCulture, $"{task}) stage=({Words([.. stage.Arguments, .. program.StageArguments])}) ;;\n");
        }

        if (stages[0].Task is not null)
        {
            text.Append("*) fault \"task ${SLURM_ARRAY_TASK_ID:-without a number}: no such stage\" 'submit the run again' ;;\n");
        }

        text.Append("esac\n");
        // The program takes the shell's place, and with it Slurm's signals.
        text.Append("exec \"${program[@]}\" \"${stage[@]}\"\n");
        return text.ToString();
    }

    private static string Words(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
