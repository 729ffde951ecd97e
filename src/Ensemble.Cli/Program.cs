using Ensemble.Cli;
using Ensemble.Cli.Rendering;
using Ensemble.Scheduling;
using Spectre.Console;

// Not disposed: it may be cancelled while the process ends.
var stop = new CancellationTokenSource();
var wasPressed = false;
var output = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
var error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
Console.CancelKeyPress += (_, pressed) =>
{
    // The first asks the run to stop between two steps; the second ends the process as the system would.
    // Counted apart from the token, which the end of the input may have cancelled.
    pressed.Cancel = !wasPressed;
    wasPressed = true;
    if (pressed.Cancel)
    {
        stop.Cancel();
    }
    else if (output.IsLive())
    {
        // The bars hide it while they are drawn.
        output.Cursor.Show();
    }
};
if (Environment.GetEnvironmentVariable(StageProcess.StopVariable) == "1")
{
    // A stage of another process, which holds the other end: it ends with that.
    new Thread(() =>
    {
        while (Console.In.ReadLine() is not null)
        {
        }

        stop.Cancel();
    }) { IsBackground = true }.Start();
}

return CommandLine.Run(args, output, error, TimeProvider.System, stop.Token);
