namespace Ensemble.Data.Shapes;

/// <summary>An ellipse, with or without a hole of the same proportions: circle, ellipse and ring.</summary>
/// <param name="pose">Where it lies; radius and elongation give the half axes r sqrt(e) and r / sqrt(e).</param>
/// <param name="hole">The hole's size as a share of the ellipse's, below 1; 0 for none.</param>
internal sealed class EllipseOutline(Pose pose, float hole = 0) : IOutline
{
    private readonly float _halfLength = pose.Radius * MathF.Sqrt(pose.Elongation);
    private readonly float _halfWidth = pose.Radius / MathF.Sqrt(pose.Elongation);

    public float CentreX => pose.CentreX;

    public float CentreY => pose.CentreY;

    public float Reach => _halfLength;

    public float Distance(float x, float y)
    {
        var (along, across) = pose.ToLocal(x, y);
        var outer = DistanceTo(along, across, _halfLength, _halfWidth);
        return hole > 0
            ? MathF.Max(outer, -DistanceTo(along, across, _halfLength * hole, _halfWidth * hole))
            : outer;
    }

    /// <summary>
    /// First-order distance k1 (k1 - 1) / k2 with k1 = |(x/a, y/b)|, k2 = |(x/a^2, y/b^2)|: exact for a circle, and at
    /// the edge of any ellipse (Quilez, iquilezles.org/articles/ellipsedist).
    /// </summary>
    private static float DistanceTo(float x, float y, float a, float b)
    {
        var (scaledX, scaledY) = (x / a, y / b);
        var (slopeX, slopeY) = (scaledX / a, scaledY / b);
        var scaled = MathF.Sqrt((scaledX * scaledX) + (scaledY * scaledY));
        var slope = MathF.Sqrt((slopeX * slopeX) + (slopeY * slopeY));
        return slope > 0 ? scaled * (scaled - 1) / slope : -b;
    }
}
