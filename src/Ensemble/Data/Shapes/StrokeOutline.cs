namespace Ensemble.Data.Shapes;

/// <summary>A straight stroke with round ends.</summary>
/// <param name="pose">Its middle and direction; the radius is half its thickness, in pixels.</param>
/// <param name="halfLength">Half the distance between the middles of its ends, in pixels.</param>
internal sealed class StrokeOutline(Pose pose, float halfLength) : IOutline
{
    public float CentreX => pose.CentreX;

    public float CentreY => pose.CentreY;

    public float Reach => halfLength + pose.Radius;

    public float Distance(float x, float y)
    {
        var (along, across) = pose.ToLocal(x, y);
        var beyond = MathF.Max(MathF.Abs(along) - halfLength, 0);
        return MathF.Sqrt((beyond * beyond) + (across * across)) - pose.Radius;
    }
}
