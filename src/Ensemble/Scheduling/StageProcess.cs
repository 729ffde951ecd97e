using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Ensemble.Storage;

namespace Ensemble.Scheduling;

/// <summary>
/// Does a stage in a process of its own, which has its share of the cores. Its standard input stays open as long as it may go on:
/// should this process end, in whatever way, the other stops at its next step and keeps its checkpoint.
/// </summary>
/// <param name="program">What is started.</param>
/// <param name="logs">The folder of the logs; made where it is missing.</param>
/// <param name="threads">The threads of an operation, at least 1, where OMP_NUM_THREADS does not say.</param>
public sealed class StageProcess(JobProgram program, string logs, int threads)
{
    /// <summary>Set to 1, has the program stop, as by Ctrl-C, once its standard input ends.</summary>
    public const string StopVariable = "ENSEMBLE_STOP_WITH_INPUT";

    /// <summary>Does a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="cancellationToken">Asks the process to stop, and waits until it did.</param>
    /// <exception cref="MachineFaultException">The log cannot be written, or the process cannot be started.</exception>
    public StageEnd Run(PlannedStage stage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var path = Path.Combine(logs, $"{stage.Name.Replace('/', '_')}.log");
        var watch = Stopwatch.StartNew();
        using var log = OpenLog(path);
        using var process = new Process { StartInfo = ToStart(stage) };
        var (lastLine, lastFault) = ("", "");
        process.OutputDataReceived += (_, line) => Take(line.Data, ref lastLine);
        process.ErrorDataReceived += (_, line) => Take(line.Data, ref lastFault);
        Start(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using (cancellationToken.Register(process.StandardInput.Close))
        {
            process.WaitForExit();
        }

        // Of two streams nobody knows which line was the last; what went wrong is on the second.
        var isDone = process.ExitCode == 0;
        return new StageEnd(isDone, watch.Elapsed.TotalSeconds, isDone || lastFault.Length == 0 ? lastLine : lastFault, path);

        void Take(string? line, ref string last)
        {
            if (line is null)
            {
                return;
            }

            lock (log)
            {
                last = string.IsNullOrWhiteSpace(line) ? last : line.Trim();
                try
                {
                    log.WriteLine(line);
                }
                catch (IOException)
                {
                    // A full disk: the stage itself, which writes more than this, says so as it ends.
                }
            }
        }
    }

    private ProcessStartInfo ToStart(PlannedStage stage)
    {
        var start = new ProcessStartInfo(program.Command[0], [.. program.Command.Skip(1), .. stage.Arguments, .. program.StageArguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[StopVariable] = "1";
        start.Environment.TryAdd("OMP_NUM_THREADS", threads.ToString(CultureInfo.InvariantCulture));
        // Threads that wait actively would take the other stages' cores.
        start.Environment.TryAdd("OMP_WAIT_POLICY", "PASSIVE");
        return start;
    }

    private static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new MachineFaultException(process.StartInfo.FileName, $"cannot be started ({exception.Message})", "ask for fewer jobs, or see to the program's file", exception);
        }
    }

    // A stage that is continued writes behind what it wrote before.
    private StreamWriter OpenLog(string path)
    {
        try
        {
            Directory.CreateDirectory(logs);
            // Nothing is kept back, which a full disk would have it write once more at the end.
            return new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0)) { AutoFlush = true };
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(path, exception);
        }
    }
}
