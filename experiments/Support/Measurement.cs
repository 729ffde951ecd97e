using System.Globalization;
using System.Text.Json.Serialization;

namespace Ensemble.Experiments;

/// <summary>One line of an experiment's table.</summary>
public sealed record Measurement
{
    /// <summary>What was measured.</summary>
    public required string What { get; init; }

    /// <summary>The paper's value, as it prints it; null where it has none.</summary>
    public string? Paper { get; init; }

    /// <summary>Ours, one for each seed; in the unit.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>The unit: <c>errors</c>, <c>%</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>What the mean may be at most; null for nothing asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AtMost { get; init; }

    /// <summary>The mean of the values.</summary>
    [JsonIgnore]
    public double Mean => Values.Average();

    /// <summary>The standard deviation of a sample; 0 of one value.</summary>
    [JsonIgnore]
    public double Deviation => Values.Count < 2 ? 0 : Math.Sqrt(Values.Sum(value => Math.Pow(value - Mean, 2)) / (Values.Count - 1));

    /// <summary>Ours in words: a value, or mean, deviation and range.</summary>
    [JsonIgnore]
    public string Ours => Values.Count == 1
        ? Text(Values[0])
        : string.Create(CultureInfo.InvariantCulture, $"{Mean:0.0#} ± {Deviation:0.0#} ({Text(Values.Min())} to {Text(Values.Max())})");

    /// <summary>What was asked, and whether it was met; empty for nothing asked.</summary>
    [JsonIgnore]
    public string Goal => AtMost is { } most ? string.Create(CultureInfo.InvariantCulture, $"at most {most:0.##}: {(Mean <= most ? "met" : "missed")}") : "";

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
