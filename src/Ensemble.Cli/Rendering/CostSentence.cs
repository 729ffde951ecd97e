using Ensemble.Runs;

namespace Ensemble.Cli.Rendering;

/// <summary>What a run cost, in one sentence.</summary>
internal static class CostSentence
{
    /// <summary>Says the device-hours of the run, and the money where a rate was stated.</summary>
    public static string Describe(ResultsFile results) => results.Cost switch
    {
        null => "what the run cost was not recorded",
        { Money: { } money, HourlyRate: { } rate } cost => $"the run took {cost.DeviceHours:0.000} hours of {results.Hardware.Device}, which at {rate:0.##} an hour cost {money:0.00}",
        { } cost => $"the run took {cost.DeviceHours:0.000} hours of {results.Hardware.Device}",
    };
}
