namespace Ensemble.Data;

/// <summary>
/// What the drawn data set <c>shapes</c> is like. The defaults are this project's own, chosen so that a small network
/// has something left to learn from a larger one; every knob says which way is harder.
/// </summary>
public sealed record ShapesOptions
{
    /// <summary>The seed that every image is drawn from. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Training images, the ten classes in turn. Default 8,000; 10 to 500,000.</summary>
    public int TrainCount { get; init; } = 8_000;

    /// <summary>Test images, the ten classes in turn. Default 2,000; 10 to 500,000.</summary>
    public int TestCount { get; init; } = 2_000;

    /// <summary>The images' height and width, in pixels. Default 32; 16 to 128. Smaller is harder.</summary>
    public int SizePixels { get; init; } = 32;

    /// <summary>The smallest figure's radius, as a share of the side. Default 0.26; 0.05 to 0.5. Smaller is
    /// harder.</summary>
    public double RadiusMinimum { get; init; } = 0.26;

    /// <summary>The largest figure's radius, as a share of the side. Default 0.36; from the minimum to 0.5.</summary>
    public double RadiusMaximum { get; init; } = 0.36;

    /// <summary>How far a figure's middle is from the image's, across and down, as a share of the side. Default 0.1; 0
    /// to 0.5.</summary>
    public double ShiftMaximum { get; init; } = 0.1;

    /// <summary>The least length over width of ellipses and rectangles. Default 1.3; 1 to 4. Smaller is
    /// harder.</summary>
    public double ElongationMinimum { get; init; } = 1.3;

    /// <summary>The greatest length over width of ellipses and rectangles. Default 1.8; from the minimum to 4.</summary>
    public double ElongationMaximum { get; init; } = 1.8;

    /// <summary>
    /// The greatest length over width of all other figures, circle and square among them. Default 1.06; 1 to 4. Larger
    /// is harder; above <see cref="ElongationMinimum"/> circle and ellipse overlap.
    /// </summary>
    public double AspectJitterMaximum { get; init; } = 1.06;

    /// <summary>The greatest radius of a polygon's corners, as a share of the figure's. Default 0.15; 0 to 0.9. Larger
    /// is harder.</summary>
    public double RoundingMaximum { get; init; } = 0.15;

    /// <summary>The least contrast of figure and background in their most different channel. Default 0.3; 0 to 0.5.
    /// Smaller is harder.</summary>
    public double ContrastMinimum { get; init; } = 0.3;

    /// <summary>The greatest contrast of figure and background. Default 0.5; from the minimum to 0.5.</summary>
    public double ContrastMaximum { get; init; } = 0.5;

    /// <summary>The most that a texture swings about its colour, 1 being black to white. Default 0.06; 0 to 1. Larger
    /// is harder.</summary>
    public double TextureMaximum { get; init; } = 0.06;

    /// <summary>The most strokes and blobs behind a figure. Default 2; 0 to 100. Larger is harder.</summary>
    public int ClutterMaximum { get; init; } = 2;

    /// <summary>The most strokes across a figure. Default 1; 0 to 100. Larger is harder.</summary>
    public int OccluderMaximum { get; init; } = 1;

    /// <summary>The least standard deviation of the pixel noise, 1 being black to white. Default 0.01; 0 to
    /// 1.</summary>
    public double NoiseMinimum { get; init; } = 0.01;

    /// <summary>The greatest standard deviation of the pixel noise. Default 0.06; from the minimum to 1. Larger is
    /// harder.</summary>
    public double NoiseMaximum { get; init; } = 0.06;

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Check(faults, nameof(TrainCount), TrainCount, 10, 500_000);
        Check(faults, nameof(TestCount), TestCount, 10, 500_000);
        Check(faults, nameof(SizePixels), SizePixels, 16, 128);
        Check(faults, nameof(RadiusMinimum), RadiusMinimum, 0.05, 0.5);
        Check(faults, nameof(RadiusMaximum), RadiusMaximum, RadiusMinimum, 0.5);
        Check(faults, nameof(ShiftMaximum), ShiftMaximum, 0, 0.5);
        Check(faults, nameof(ElongationMinimum), ElongationMinimum, 1, 4);
        Check(faults, nameof(ElongationMaximum), ElongationMaximum, ElongationMinimum, 4);
        Check(faults, nameof(AspectJitterMaximum), AspectJitterMaximum, 1, 4);
        Check(faults, nameof(RoundingMaximum), RoundingMaximum, 0, 0.9);
        Check(faults, nameof(ContrastMinimum), ContrastMinimum, 0, 0.5);
        Check(faults, nameof(ContrastMaximum), ContrastMaximum, ContrastMinimum, 0.5);
        Check(faults, nameof(TextureMaximum), TextureMaximum, 0, 1);
        Check(faults, nameof(ClutterMaximum), ClutterMaximum, 0, 100);
        Check(faults, nameof(OccluderMaximum), OccluderMaximum, 0, 100);
        Check(faults, nameof(NoiseMinimum), NoiseMinimum, 0, 1);
        Check(faults, nameof(NoiseMaximum), NoiseMaximum, NoiseMinimum, 1);
        if ((long)TrainCount * 3 * SizePixels * SizePixels > Array.MaxLength)
        {
            faults.Add($"{nameof(TrainCount)} of {nameof(SizePixels)} must fit in {Array.MaxLength} bytes");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(ShapesOptions)}: {string.Join("; ", faults)}");
        }
    }

    private static void Check(List<string> faults, string name, double value, double minimum, double maximum)
    {
        // Written so that NaN is a fault too.
        if (!(value >= minimum && value <= maximum))
        {
            faults.Add($"{name} must be {minimum} to {maximum}, is {value}");
        }
    }
}
