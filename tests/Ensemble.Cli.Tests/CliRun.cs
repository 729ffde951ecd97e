using System.Text;
using Ensemble.Data.Catalog;
using Ensemble.Processes;
using Spectre.Console;

namespace Ensemble.Cli.Tests;

/// <summary>One call of the program, in this process, and what it wrote.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    /// <summary>What was written to standard error, without the end of its one line; fails where it is not one line.</summary>
    public string ErrorLine
    {
        get
        {
            Assert.EndsWith("\n", Error, StringComparison.Ordinal);
            Assert.Single(Error.TrimEnd('\n').Split('\n'));
            return Error.TrimEnd('\n');
        }
    }

    /// <summary>Both streams plain, as in a pipe.</summary>
    public static CliRun Plain(params string[] arguments) => Start(arguments, null, CancellationToken.None);

    /// <summary>Standard output a terminal of this many columns.</summary>
    public static CliRun Terminal(int width, params string[] arguments) => Start(arguments, width, CancellationToken.None);

    /// <summary>Ctrl-C was pressed before the first step.</summary>
    public static CliRun Stopped(params string[] arguments) => Start(arguments, null, new CancellationToken(canceled: true));

    /// <summary>Both streams plain, and something on standard input.</summary>
    public static CliRun Piped(string input, params string[] arguments) => Start(arguments, null, CancellationToken.None, input);

    /// <summary>With a catalogue and a clock of the test's own.</summary>
    public static CliRun With(DatasetCatalog catalog, TimeProvider clock, params string[] arguments) =>
        Start((output, error) => new CommandContext
        {
            Arguments = arguments,
            Output = Console(output, null),
            Error = Console(error, null),
            Input = TextReader.Null,
            Clock = clock,
            Stop = CancellationToken.None,
            Catalog = catalog,
        });

    /// <summary>With other programs of the test's own.</summary>
    public static CliRun With(IProgramRunner programs, params string[] arguments) =>
        Start((output, error) => new CommandContext
        {
            Arguments = arguments,
            Output = Console(output, null),
            Error = Console(error, null),
            Input = TextReader.Null,
            Clock = new FixedClock(),
            Stop = CancellationToken.None,
            Programs = programs,
        });

    private static CliRun Start(string[] arguments, int? width, CancellationToken stop, string input = "") => Start((output, error) => new CommandContext
    {
        Arguments = arguments,
        Output = Console(output, width),
        Error = Console(error, null),
        Input = new StringReader(input),
        Clock = new FixedClock(),
        Stop = stop,
    });

    private static CliRun Start(Func<StringWriter, StringWriter, CommandContext> create)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = CommandLine.Run(create(output, error));
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    private static IAnsiConsole Console(TextWriter writer, int? width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new WriterOutput(writer, width),
            Ansi = width is null ? AnsiSupport.Detect : AnsiSupport.Yes,
            Interactive = width is null ? InteractionSupport.Detect : InteractionSupport.Yes,
            // Where the tests run in a CI, Spectre.Console would take the interaction away again.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        return console;
    }

    private sealed class WriterOutput(TextWriter writer, int? width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => width is not null;

        public int Width => width ?? 80;

        public int Height => 40;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
