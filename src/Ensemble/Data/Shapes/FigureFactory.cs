namespace Ensemble.Data.Shapes;

/// <summary>Draws the outline of a class: its proportions, its corners, and their size.</summary>
internal static class FigureFactory
{
    private const float RingHoleMinimum = 0.3f;
    private const float RingHoleMaximum = 0.65f;
    private const float StarWaistMinimum = 0.45f;
    private const float StarWaistMaximum = 0.65f;
    private const float CrossArmMinimum = 0.25f;
    private const float CrossArmMaximum = 0.5f;

    /// <summary>The directions 0, 36, ... 324 degrees, written out: platforms' sines differ in the last bit.</summary>
    private static readonly (float X, float Y)[] TenDirections =
    [
        (1f, 0f), (0.809016994f, 0.587785252f), (0.309016994f, 0.951056516f), (-0.309016994f, 0.951056516f),
        (-0.809016994f, 0.587785252f), (-1f, 0f), (-0.809016994f, -0.587785252f), (-0.309016994f, -0.951056516f),
        (0.309016994f, -0.951056516f), (0.809016994f, -0.587785252f),
    ];

    private static readonly (float X, float Y)[] Triangle = [(1f, 0f), (-0.5f, 0.866025404f), (-0.5f, -0.866025404f)];

    private static readonly (float X, float Y)[] Square = [(1f, 1f), (-1f, 1f), (-1f, -1f), (1f, -1f)];

    private static readonly (float X, float Y)[] Hexagon =
    [
        (1f, 0f), (0.5f, 0.866025404f), (-0.5f, 0.866025404f), (-1f, 0f), (-0.5f, -0.866025404f), (0.5f, -0.866025404f),
    ];

    /// <summary>Draws a figure.</summary>
    /// <param name="shape">Its class.</param>
    /// <param name="pose">Its place, direction and size; the elongation is drawn here.</param>
    /// <param name="options">The ranges that are drawn from.</param>
    /// <param name="random">The image's stream.</param>
    public static IOutline Draw(ShapeClass shape, Pose pose, ShapesOptions options, RandomStream random)
    {
        var isLong = shape is ShapeClass.Ellipse or ShapeClass.Rectangle;
        var elongation = isLong
            ? ScenePainter.DrawWithin(random, options.ElongationMinimum, options.ElongationMaximum)
            : ScenePainter.DrawWithin(random, 1, options.AspectJitterMaximum);
        pose = pose with { Elongation = elongation };
        var proportion = random.NextSingle();
        return shape switch
        {
            ShapeClass.Circle or ShapeClass.Ellipse => new EllipseOutline(pose),
            ShapeClass.Ring => new EllipseOutline(
                pose, RingHoleMinimum + (proportion * (RingHoleMaximum - RingHoleMinimum))),
            _ => DrawPolygon(Corners(shape, proportion), pose, options, random),
        };
    }

    private static PolygonOutline DrawPolygon(
        (float X, float Y)[] corners, Pose pose, ShapesOptions options, RandomStream random)
    {
        var rounding = (float)options.RoundingMaximum * random.NextSingle();
        var scale = SizeFactor(corners);
        return new PolygonOutline(
            Array.ConvertAll(corners, corner => (corner.X * scale, corner.Y * scale)), pose, rounding);
    }

    private static (float X, float Y)[] Corners(ShapeClass shape, float proportion) => shape switch
    {
        ShapeClass.Triangle => Triangle,
        ShapeClass.Square or ShapeClass.Rectangle => Square,
        ShapeClass.Pentagon => [.. TenDirections.Where((_, index) => index % 2 == 0)],
        ShapeClass.Hexagon => Hexagon,
        ShapeClass.Star => Star(StarWaistMinimum + (proportion * (StarWaistMaximum - StarWaistMinimum))),
        ShapeClass.Cross => Cross(CrossArmMinimum + (proportion * (CrossArmMaximum - CrossArmMinimum))),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "is no polygon"),
    };

    private static (float X, float Y)[] Star(float waist) =>
        [.. TenDirections.Select((to, index) => index % 2 == 0 ? to : (to.X * waist, to.Y * waist))];

    private static (float X, float Y)[] Cross(float arm) =>
    [
        (1f, arm), (arm, arm), (arm, 1f), (-arm, 1f), (-arm, arm), (-1f, arm),
        (-1f, -arm), (-arm, -arm), (-arm, -1f), (arm, -1f), (arm, -arm), (1f, -arm),
    ];

    /// <summary>
    /// Makes a polygon so large that it has the unit circle's area, (pi / area)^(1/2): no class is told by its size.
    /// </summary>
    private static float SizeFactor((float X, float Y)[] corners)
    {
        var twiceArea = 0f;
        for (int corner = 0, previous = corners.Length - 1; corner < corners.Length; previous = corner++)
        {
            twiceArea += (corners[previous].X * corners[corner].Y) - (corners[corner].X * corners[previous].Y);
        }

        return MathF.Sqrt(2 * MathF.PI / MathF.Abs(twiceArea));
    }
}
