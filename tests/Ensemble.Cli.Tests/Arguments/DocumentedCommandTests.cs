using Ensemble.Cli.Arguments;
using Ensemble.Cli.Commands;
using Spectre.Console;

namespace Ensemble.Cli.Tests.Arguments;

public sealed class DocumentedCommandTests
{
    private static readonly CommandContext Context = new()
    {
        Arguments = [],
        Output = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }),
        Error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }),
        Clock = new FixedClock(),
        Stop = CancellationToken.None,
    };

    [Fact]
    public void Examples_OfEveryCommand_AreUnderstood()
    {
        foreach (var command in new[] { QuickstartCommand.Create(Context), DistillCommand.Create(Context), ExportCommand.Create(Context), ClassifyCommand.Create(Context), ModelsCommand.Create(Context), DataCommand.Create(Context) })
        {
            Assert.All(Assert.IsType<DocumentedCommand>(command).Examples, example => Assert.Empty(command.Parse(example).Errors));
        }
    }
}
