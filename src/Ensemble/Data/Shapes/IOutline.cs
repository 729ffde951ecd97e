namespace Ensemble.Data.Shapes;

/// <summary>A filled region of the plane, known by how far a point is from its edge. Coordinates are pixels, y
/// down.</summary>
internal interface IOutline
{
    /// <summary>The middle of a circle that holds the whole region, x in pixels.</summary>
    float CentreX { get; }

    /// <summary>The middle of a circle that holds the whole region, y in pixels.</summary>
    float CentreY { get; }

    /// <summary>The radius of that circle, in pixels.</summary>
    float Reach { get; }

    /// <summary>The signed distance to the edge, in pixels; negative inside. Need be exact only near the
    /// edge.</summary>
    float Distance(float x, float y);
}
