using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Spectre.Console;

namespace Ensemble.Cli;

/// <summary>What the commands work with; everything of the world outside is in here.</summary>
internal sealed class CommandContext
{
    /// <summary>How the program is started, in help, hints and records.</summary>
    public const string Launcher = "./ensemble";

    /// <summary>What was typed after the program's name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Standard output.</summary>
    public required IAnsiConsole Output { get; init; }

    /// <summary>Standard error.</summary>
    public required IAnsiConsole Error { get; init; }

    /// <summary>Names and dates runs.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Cancelled by the first Ctrl-C.</summary>
    public required CancellationToken Stop { get; init; }

    /// <summary>The data sets by name.</summary>
    public DatasetRegistry Datasets { get; } = DatasetRegistry.CreateDefault();

    /// <summary>The architectures by name.</summary>
    public ModelRegistry Models { get; } = ModelRegistry.CreateDefault();

    /// <summary>The objectives by name.</summary>
    public ObjectiveRegistry Objectives { get; } = ObjectiveRegistry.CreateDefault();
}
