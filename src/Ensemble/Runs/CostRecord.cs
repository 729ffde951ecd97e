using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>What a computation cost: time on one device, and money where a rate was stated.</summary>
public sealed record CostRecord : IRecord
{
    /// <summary>Hours on one device (a GPU, or the processor of a machine without one), at least 0.</summary>
    public required double DeviceHours { get; init; }

    /// <summary>Money for an hour, at least 0, as a person stated it; null where nobody did.</summary>
    public double? HourlyRate { get; init; }

    /// <summary>The hours times the rate; null without a rate.</summary>
    public double? Money { get; init; }

    /// <summary>The cost of some seconds.</summary>
    /// <param name="seconds">Seconds on one device, at least 0.</param>
    /// <param name="hourlyRate">Money for an hour, at least 0; null for none stated.</param>
    public static CostRecord Of(double seconds, double? hourlyRate) => new()
    {
        DeviceHours = seconds / 3600,
        HourlyRate = hourlyRate,
        Money = hourlyRate * seconds / 3600,
    };

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.NotNegative(DeviceHours, "deviceHours");
        faults.NotNegative(HourlyRate ?? 0, "hourlyRate");
        faults.NotNegative(Money ?? 0, "money");
        faults.Require(Money.HasValue == HourlyRate.HasValue, "money", "must be there where hourlyRate is, and only there");
    }
}
