using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Runs;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>What a <see cref="Workbench"/> works with.</summary>
public sealed class WorkbenchSettings
{
    /// <summary>Where to compute.</summary>
    public required torch.Device Device { get; init; }

    /// <summary>The machine.</summary>
    public required MachineInfo Machine { get; init; }

    /// <summary>Watches.</summary>
    public required IPipelineObserver Observer { get; init; }

    /// <summary>The architectures by name. Default: all of this library.</summary>
    public ModelRegistry Models { get; init; } = ModelRegistry.CreateDefault();

    /// <summary>The objectives by name. Default: all of this library.</summary>
    public ObjectiveRegistry Objectives { get; init; } = ObjectiveRegistry.CreateDefault();

    /// <summary>Dates logs. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The time between two checkpoints of a training. Default a minute.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Stops a training between two steps.</summary>
    public CancellationToken CancellationToken { get; init; }
}
