namespace TorchSharp.Modules;

/// <summary>Checks that the numbers given to an optimiser or a schedule can be meant. NaN never can.</summary>
internal static class OptionRange
{
    internal static double NotNegative(double value, string name) =>
        value >= 0 ? value : throw new ArgumentException($"{name} is {value}; it must be 0 or more", name);

    /// <summary>A decay rate: at least 0, below 1.</summary>
    internal static double Rate(double value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentException($"{name} is {value}; it must be at least 0 and below 1", name);

    /// <summary>A factor above 0, at most 1.</summary>
    internal static double Fraction(double value, string name) =>
        value is > 0 and <= 1 ? value : throw new ArgumentException($"{name} is {value}; it must be above 0 and at most 1", name);

    internal static int Positive(int value, string name) =>
        value > 0 ? value : throw new ArgumentException($"{name} is {value}; it must be 1 or more", name);
}
