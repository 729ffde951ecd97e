namespace Ensemble.Export.Quantisation;

/// <summary>The values that the 256 steps of a byte cover.</summary>
/// <param name="Smallest">At most 0.</param>
/// <param name="Largest">At least 0.</param>
internal readonly record struct ValueRange(double Smallest, double Largest)
{
    private const int Steps = byte.MaxValue;

    /// <summary>The range of values seen, with 0 in it: padding is 0, and must be met exactly.</summary>
    public static ValueRange Around(double smallest, double largest) => new(Math.Min(smallest, 0), Math.Max(largest, 0));

    /// <summary>The distance between two steps, above 0.</summary>
    public float Scale => Largest > Smallest ? (float)((Largest - Smallest) / Steps) : 1;

    /// <summary>The step that stands for 0.</summary>
    public byte ZeroPoint => (byte)Math.Clamp(Math.Round(-Smallest / Scale), 0, Steps);

    /// <summary>What a value is after it was a byte.</summary>
    public double Quantise(double value) => (Math.Clamp(Math.Round(value / Scale) + ZeroPoint, 0, Steps) - ZeroPoint) * Scale;
}
