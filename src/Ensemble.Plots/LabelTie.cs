namespace Ensemble.Plots;

/// <summary>A line that texts keep away from, or that ties one to its point; in pixels.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
internal sealed record LabelTie((double X, double Y) From, (double X, double Y) To)
{
    /// <summary>From the edge of a point's marker to the place of a text that is nearest to it.</summary>
    public static LabelTie Between(LabelWish wish, LabelBox box)
    {
        var (point, radius) = (wish.Point, wish.Radius);
        (double X, double Y) end = (Math.Clamp(point.X, box.Left, box.Right), Math.Clamp(point.Y, box.Top, box.Bottom));
        var length = Math.Sqrt(Math.Pow(end.X - point.X, 2) + Math.Pow(end.Y - point.Y, 2));
        var share = length <= radius ? 1 : radius / length;
        return new LabelTie((point.X + ((end.X - point.X) * share), point.Y + ((end.Y - point.Y) * share)), end);
    }

    /// <summary>Whether it runs through a box: it is clipped at the four sides (Liang &amp; Barsky 1984).</summary>
    public bool Crosses(LabelBox box)
    {
        var (first, last) = (0.0, 1.0);
        return Clip(From.X - To.X, From.X - box.Left) && Clip(To.X - From.X, box.Right - From.X)
            && Clip(From.Y - To.Y, From.Y - box.Top) && Clip(To.Y - From.Y, box.Bottom - From.Y) && first < last;

        bool Clip(double p, double q)
        {
            if (p == 0) return q >= 0;
            if (p < 0) first = Math.Max(first, q / p);
            else last = Math.Min(last, q / p);
            return true;
        }
    }
}
