using System.Text.Json.Serialization;
using Ensemble.Distillation;
using Ensemble.Training;

namespace Ensemble.Pipeline;

/// <summary>All that determines the weights of one network of a <see cref="Workbench"/>, for the record.</summary>
public sealed record NetworkRecipe
{
    /// <summary>The architecture, as registered.</summary>
    public required string Architecture { get; init; }

    /// <summary>The number of training images.</summary>
    public required int Images { get; init; }

    /// <summary>Their checksum.</summary>
    public required string ImagesChecksum { get; init; }

    /// <summary>How it was trained, with every seed.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>What was minimised, as registered.</summary>
    public required string Objective { get; init; }

    /// <summary>What the objective was told; null for one that needs no teachers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ObjectiveOptions? ObjectiveOptions { get; init; }

    /// <summary>Whom it learnt from: keys of the same workbench, or other identities; empty for labels alone.</summary>
    public required IReadOnlyList<string> Teachers { get; init; }

    /// <summary>Whose weights it began with, a key of the same workbench; null for fresh ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Initial { get; init; }

    /// <summary>Which of that network's classes it has, beside one for all others; null where the classes are not a part of those.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? InitialClasses { get; init; }
}
