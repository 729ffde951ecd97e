using Ensemble.Data;

namespace Ensemble.Pipeline;

/// <summary>How a run is done, as far as it changes no weights: nothing of this is in the recipe.</summary>
public sealed record RunSettings
{
    /// <summary>The command that began the run, an argument each, for the record.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>The time between two checkpoints of a training. Default a minute; at least zero, which keeps every step.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Money for an hour of the device, in whatever currency, at least 0; null, the default, for none stated.</summary>
    public double? HourlyRate { get; init; }

    /// <summary>The part of a stage that one process does, where it is one that has parts; null, the default, for all of it.</summary>
    public SampleShard? Shard { get; init; }

    /// <summary>As what the student leaves once it is measured; null, the default, for no export.</summary>
    public ExportRequest? Export { get; init; }

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (CheckpointInterval < TimeSpan.Zero)
        {
            faults.Add($"{nameof(CheckpointInterval)} must be at least zero, is {CheckpointInterval}");
        }

        if (HourlyRate is { } rate && !(double.IsFinite(rate) && rate >= 0))
        {
            faults.Add($"{nameof(HourlyRate)} must be at least 0, is {rate}");
        }

        if (Shard is { IsSound: false } shard)
        {
            faults.Add($"{nameof(Shard)} must be 1 to N of at most {SampleShard.MaximumCount}, is {shard}");
        }

        if (Export is not null && !Enum.IsDefined(Export.Format))
        {
            faults.Add($"{nameof(Export)} is of an unknown format");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(RunSettings)}: {string.Join("; ", faults)}");
        }
    }
}
