namespace Ensemble.Plots;

/// <summary>Finds places for texts beside points, so that none covers another text or a point.</summary>
/// <param name="area">Where texts may stand.</param>
internal sealed class LabelPlacer(LabelBox area)
{
    // A text beyond this is tied to its point by a line.
    private const double NearDistance = 8;
    private const double CrossingCost = 45;
    private const double Gap = 3;

    private static readonly double[] s_distances = [4, 10, 20, 32, 46, 62, 80, 100, 125];

    // Straight above first, then beside, then the rest: what readers look for.
    private static readonly double[] s_degrees = [-90, 0, 90, 180, -45, -135, 45, 135, -65, -115, 65, 115, -20, -160, 20, 160];

    private readonly List<LabelBox> _taken = [];
    private readonly List<((double X, double Y) From, (double X, double Y) To)> _lines = [];

    /// <summary>Keeps texts away from a box.</summary>
    public void Keep(LabelBox box) => _taken.Add(box);

    /// <summary>Keeps texts away from a line, if it can be done.</summary>
    public void KeepLine((double X, double Y) from, (double X, double Y) to) => _lines.Add((from, to));

    /// <summary>Finds a place and takes it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">How wide it is.</param>
    /// <param name="height">How high it is.</param>
    /// <param name="point">The point it belongs to.</param>
    /// <param name="radius">How far the point's marker reaches.</param>
    /// <param name="isFar">Whether it is so far that a line must tie it.</param>
    /// <returns>The place; null where none is free.</returns>
    public LabelBox? Place(string text, double width, double height, (double X, double Y) point, double radius, out bool isFar)
    {
        var (best, bestCost, bestDistance) = ((LabelBox?)null, double.PositiveInfinity, 0.0);
        foreach (var distance in s_distances)
        {
            for (var order = 0; order < s_degrees.Length; order++)
            {
                var box = BoxAt(text, width, height, point, radius + distance, s_degrees[order]);
                var cost = distance + (0.6 * order) + (CrossingCost * _lines.Count(line => Crosses(box, line.From, line.To))) + TieCost(box, point, radius, distance);
                if (cost < bestCost && IsFree(box)) (best, bestCost, bestDistance) = (box, cost, distance);
            }
        }

        isFar = bestDistance > NearDistance;
        if (best is not null)
        {
            _taken.Add(best with { Left = best.Left - Gap, Top = best.Top - Gap, Right = best.Right + Gap, Bottom = best.Bottom + Gap });
            if (isFar) KeepLine(point, Nearest(best, point));
        }

        return best;
    }

    /// <summary>The place of a box that is nearest to a point.</summary>
    public static (double X, double Y) Nearest(LabelBox box, (double X, double Y) point) =>
        (Math.Clamp(point.X, box.Left, box.Right), Math.Clamp(point.Y, box.Top, box.Bottom));

    /// <summary>So far from one point towards another.</summary>
    public static (double X, double Y) Beyond((double X, double Y) point, double distance, (double X, double Y) towards)
    {
        var length = Math.Sqrt(Math.Pow(towards.X - point.X, 2) + Math.Pow(towards.Y - point.Y, 2));
        return length <= distance ? towards : (point.X + ((towards.X - point.X) * distance / length), point.Y + ((towards.Y - point.Y) * distance / length));
    }

    // A text's line should run through no other point or text.
    private double TieCost(LabelBox box, (double X, double Y) point, double radius, double distance)
    {
        if (distance <= NearDistance) return 0;
        var end = Nearest(box, point);
        var start = Beyond(point, radius, end);
        return CrossingCost * _taken.Count(taken => Crosses(taken, start, end));
    }

    private static LabelBox BoxAt(string text, double width, double height, (double X, double Y) point, double distance, double degrees)
    {
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        var x = point.X + (cosine * (distance + (width / 2)));
        var y = point.Y + (sine * (distance + (height / 2)));
        return new LabelBox(text, x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2));
    }

    private bool IsFree(LabelBox box) =>
        box.Left >= area.Left && box.Right <= area.Right && box.Top >= area.Top && box.Bottom <= area.Bottom && !_taken.Any(box.Overlaps);

    // Clips the line at the box's four sides (Liang & Barsky 1984).
    private static bool Crosses(LabelBox box, (double X, double Y) from, (double X, double Y) to)
    {
        var (dx, dy, first, last) = (to.X - from.X, to.Y - from.Y, 0.0, 1.0);
        foreach (var (p, q) in new[] { (-dx, from.X - box.Left), (dx, box.Right - from.X), (-dy, from.Y - box.Top), (dy, box.Bottom - from.Y) })
        {
            if (p == 0 && q < 0) return false;
            if (p < 0) first = Math.Max(first, q / p);
            if (p > 0) last = Math.Min(last, q / p);
        }

        return first < last;
    }
}
