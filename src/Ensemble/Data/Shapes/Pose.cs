namespace Ensemble.Data.Shapes;

/// <summary>Where a figure lies in the image, in pixels.</summary>
internal readonly record struct Pose
{
    /// <summary>The figure's middle, x.</summary>
    public required float CentreX { get; init; }

    /// <summary>The figure's middle, y.</summary>
    public required float CentreY { get; init; }

    /// <summary>The figure's size.</summary>
    public required float Radius { get; init; }

    /// <summary>The cosine of the angle that the figure is turned by.</summary>
    public required float Cosine { get; init; }

    /// <summary>The sine of that angle.</summary>
    public required float Sine { get; init; }

    /// <summary>Length over width; the figure is stretched by its root along, and by one over its root across. At least
    /// 1.</summary>
    public float Elongation { get; init; } = 1;

    public Pose()
    {
    }

    /// <summary>Stretches, then turns, an offset from the figure's middle.</summary>
    public (float X, float Y) Turn(float along, float across)
    {
        var stretch = MathF.Sqrt(Elongation);
        var (x, y) = (along * stretch, across / stretch);
        return ((x * Cosine) - (y * Sine), (x * Sine) + (y * Cosine));
    }

    /// <summary>A point of the image as an offset along and across the figure, not stretched.</summary>
    public (float Along, float Across) ToLocal(float x, float y)
    {
        var (offsetX, offsetY) = (x - CentreX, y - CentreY);
        return ((offsetX * Cosine) + (offsetY * Sine), (offsetY * Cosine) - (offsetX * Sine));
    }
}
