using System.Text.Json.Serialization;
using Ensemble.Training;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>A student of a sweep: its architecture and how it is trained.</summary>
public sealed record SweepStudent
{
    /// <summary>The architecture, as registered.</summary>
    public required string Architecture { get; init; }

    /// <summary>How it is trained; the seeds are ignored in favour of those that the sweep's are made into.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>How its baseline is trained where that is not as the student; null, the default, for <see cref="Training"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrainingOptions? BaselineTraining { get; init; }
}
