using Ensemble.Cli;
using Ensemble.Cli.Rendering;
using Spectre.Console;

using var stop = new CancellationTokenSource();
var output = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
var error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
Console.CancelKeyPress += (_, pressed) =>
{
    // The first asks the run to stop between two steps; the second ends the process as the system would.
    pressed.Cancel = !stop.IsCancellationRequested;
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
return CommandLine.Run(args, output, error, TimeProvider.System, stop.Token);
