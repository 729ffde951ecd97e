namespace Ensemble.Data.Shapes;

/// <summary>A closed polygon whose corners may be rounded.</summary>
internal sealed class PolygonOutline : IOutline
{
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly float _rounding;

    /// <summary>Places a unit polygon.</summary>
    /// <param name="corners">Corners in units of the radius, around the origin.</param>
    /// <param name="pose">Where it lies.</param>
    /// <param name="roundingShare">The radius of the corners as a share of the pose's radius, 0 to below 1.</param>
    public PolygonOutline(ReadOnlySpan<(float X, float Y)> corners, Pose pose, float roundingShare)
    {
        CentreX = pose.CentreX;
        CentreY = pose.CentreY;
        _rounding = pose.Radius * roundingShare;
        _x = new float[corners.Length];
        _y = new float[corners.Length];
        var farthest = 0f;
        for (var corner = 0; corner < corners.Length; corner++)
        {
            // The corners move in by what the rounding adds outside, so that rounding does not change the size.
            var shrink = pose.Radius - _rounding;
            var (offsetX, offsetY) = pose.Turn(corners[corner].X * shrink, corners[corner].Y * shrink);
            (_x[corner], _y[corner]) = (CentreX + offsetX, CentreY + offsetY);
            farthest = MathF.Max(farthest, MathF.Sqrt((offsetX * offsetX) + (offsetY * offsetY)));
        }

        Reach = farthest + _rounding;
    }

    public float CentreX { get; }

    public float CentreY { get; }

    public float Reach { get; }

    /// <summary>
    /// The least distance to an edge, negative where a ray crosses the outline an odd number of times (Quilez,
    /// iquilezles.org/articles/distfunctions2d, "polygon"), less the rounding.
    /// </summary>
    public float Distance(float x, float y)
    {
        var leastSquare = float.MaxValue;
        var isInside = false;
        for (int corner = 0, previous = _x.Length - 1; corner < _x.Length; previous = corner++)
        {
            var (edgeX, edgeY) = (_x[previous] - _x[corner], _y[previous] - _y[corner]);
            var (toX, toY) = (x - _x[corner], y - _y[corner]);
            var along = ((toX * edgeX) + (toY * edgeY)) / ((edgeX * edgeX) + (edgeY * edgeY));
            along = MathF.Min(MathF.Max(along, 0), 1);
            var (offX, offY) = (toX - (edgeX * along), toY - (edgeY * along));
            leastSquare = MathF.Min(leastSquare, (offX * offX) + (offY * offY));
            var isAbove = y >= _y[corner];
            if (isAbove == (y < _y[previous]) && isAbove == (edgeX * toY > edgeY * toX))
            {
                isInside = !isInside;
            }
        }

        var distance = MathF.Sqrt(leastSquare);
        return (isInside ? -distance : distance) - _rounding;
    }
}
