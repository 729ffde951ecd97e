using ScottPlot.Plottables;

namespace ScottPlot;

/// <summary>Adds things to a figure.</summary>
/// <param name="plot">The figure.</param>
public class PlottableAdder(Plot plot)
{
    /// <summary>Points, joined by lines.</summary>
    /// <param name="xs">Along the horizontal axis.</param>
    /// <param name="ys">Along the vertical axis, as many.</param>
    /// <param name="color">The colour of lines and markers; null for black.</param>
    public Scatter Scatter(double[] xs, double[] ys, Color? color = null)
    {
        var scatter = Add(new Scatter(Require(xs, nameof(xs)), Require(ys, nameof(ys))));
        scatter.Color = color ?? Colors.Black;
        return scatter;
    }

    /// <summary>Bars through points, from what is less to what is more.</summary>
    /// <param name="xs">Along the horizontal axis.</param>
    /// <param name="ys">Along the vertical axis, as many.</param>
    /// <param name="yErrors">How far up and down each bar goes, as many.</param>
    public ErrorBar ErrorBar(IReadOnlyList<double> xs, IReadOnlyList<double> ys, IReadOnlyList<double> yErrors) =>
        Add(new ErrorBar(xs, ys, yErrors));

    /// <summary>A text.</summary>
    /// <param name="text">The text; lines end with a line feed.</param>
    /// <param name="x">Along the horizontal axis.</param>
    /// <param name="y">Along the vertical axis.</param>
    public Text Text(string text, double x, double y)
    {
        var added = Add(new Text { Location = new Coordinates(x, y) });
        added.LabelText = text;
        return added;
    }

    /// <summary>A line between two points.</summary>
    /// <param name="x1">The beginning, along the horizontal axis.</param>
    /// <param name="y1">The beginning, along the vertical axis.</param>
    /// <param name="x2">The end, along the horizontal axis.</param>
    /// <param name="y2">The end, along the vertical axis.</param>
    public LinePlot Line(double x1, double y1, double x2, double y2) =>
        Add(new LinePlot { Start = new Coordinates(x1, y1), End = new Coordinates(x2, y2) });

    /// <summary>A filled rectangle.</summary>
    /// <param name="left">The left end, along the horizontal axis.</param>
    /// <param name="right">The right end, along the horizontal axis.</param>
    /// <param name="bottom">The lower end, along the vertical axis.</param>
    /// <param name="top">The upper end, along the vertical axis.</param>
    public Rectangle Rectangle(double left, double right, double bottom, double top) =>
        Add(new Rectangle { X1 = left, X2 = right, Y1 = bottom, Y2 = top });

    private T Add<T>(T plottable)
        where T : IPlottable
    {
        plot.PlottableList.Add(plottable);
        return plottable;
    }

    private static double[] Require(double[] values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values;
    }
}
