namespace Ensemble.Data.Shapes;

/// <summary>The ten classes, each next to the one it is most like. The values are the labels.</summary>
internal enum ShapeClass
{
    Circle,
    Ellipse,
    Ring,
    Triangle,
    Square,
    Rectangle,
    Pentagon,
    Hexagon,
    Star,
    Cross,
}
