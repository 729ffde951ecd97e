using Ensemble.Cli.Rendering;
using Ensemble.Data;
using Ensemble.Data.Catalog;
using Ensemble.Data.Images;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Processes;
using Spectre.Console;

namespace Ensemble.Cli;

/// <summary>What the commands work with; everything of the world outside is in here.</summary>
internal sealed class CommandContext
{
    private DatasetRegistry? _datasets;

    /// <summary>How the program is started, in help, hints and records.</summary>
    public const string Launcher = "./ensemble";

    /// <summary>What was typed after the program's name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Standard output.</summary>
    public required IAnsiConsole Output { get; init; }

    /// <summary>Standard error.</summary>
    public required IAnsiConsole Error { get; init; }

    /// <summary>Standard input.</summary>
    public TextReader Input { get; init; } = Console.In;

    /// <summary>Names and dates runs.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Cancelled by the first Ctrl-C.</summary>
    public required CancellationToken Stop { get; init; }

    /// <summary>What can be downloaded.</summary>
    public DatasetCatalog Catalog { get; init; } = DatasetCatalog.Load();

    /// <summary>Makes what sends requests; null from it for .NET's own.</summary>
    public Func<HttpMessageHandler?> CreateHttpHandler { get; init; } = () => null;

    /// <summary>Runs other programs: Slurm's.</summary>
    public IProgramRunner Programs { get; init; } = new ProgramRunner();

    /// <summary>The data sets by name and path; what is found in folders of images is told on the output.</summary>
    public DatasetRegistry Datasets =>
        _datasets ??= DatasetRegistry.CreateDefault(new ImageFolderReader(reports: new ImageFolderLines(Output)), Catalog);

    /// <summary>The architectures by name.</summary>
    public ModelRegistry Models { get; } = ModelRegistry.CreateDefault();

    /// <summary>The objectives by name.</summary>
    public ObjectiveRegistry Objectives { get; } = ObjectiveRegistry.CreateDefault();
}
