namespace Ensemble.Cli.Commands;

/// <summary>What does the stages of a run.</summary>
internal enum EngineKind
{
    /// <summary>This process.</summary>
    Local,

    /// <summary>Jobs that Slurm places.</summary>
    Slurm,
}
