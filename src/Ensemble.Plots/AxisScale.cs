using System.Globalization;
using ScottPlot.TickGenerators;

namespace Ensemble.Plots;

/// <summary>An axis: its ends in plotted units, its marks, and what is plotted for a value.</summary>
internal sealed class AxisScale
{
    private readonly List<(double Position, string Label)> _majors = [];
    private readonly List<double> _minors = [];

    private AxisScale(string label, double minimum, double maximum, Func<double, double> map) => (Label, Minimum, Maximum, Map) = (label, minimum, maximum, map);

    public string Label { get; }

    public double Minimum { get; }

    public double Maximum { get; }

    /// <summary>What is plotted for a value.</summary>
    public Func<double, double> Map { get; }

    public IEnumerable<string> TickLabels => _majors.Select(tick => tick.Label);

    public NumericManual Ticks
    {
        get
        {
            var ticks = new NumericManual();
            _majors.ForEach(tick => ticks.AddMajor(tick.Position, tick.Label));
            _minors.ForEach(ticks.AddMinor);
            return ticks;
        }
    }

    /// <summary>From a bit below the least value to a bit above the greatest.</summary>
    /// <param name="label">What it is.</param>
    /// <param name="values">At least one, finite.</param>
    /// <param name="highest">No mark is beyond it.</param>
    public static AxisScale Linear(string label, IReadOnlyCollection<double> values, double highest = double.PositiveInfinity)
    {
        var (low, high) = (values.Min(), values.Max());
        var span = Math.Max(high - low, Math.Max(Math.Abs(high) * 0.01, 1e-6));
        return Between(label, low - (0.08 * span), high + (0.1 * span), highest);
    }

    /// <summary>Exactly between two ends.</summary>
    public static AxisScale Between(string label, double low, double high, double highest = double.PositiveInfinity)
    {
        var scale = new AxisScale(label, low, high, value => value);
        var step = NiceStep((high - low) / 6);
        var digits = Math.Max(0, (int)Math.Ceiling(-Math.Log10(step) - 1e-9));
        for (var index = Math.Ceiling((low / step) - 1e-9); index * step <= Math.Min(high, highest) + (1e-9 * step); index++)
        {
            scale._majors.Add((index * step, ((index * step) + 0.0).ToString($"F{digits}", CultureInfo.InvariantCulture)));
        }

        return scale;
    }

    /// <summary>A place for each name, at 0, 1, 2 and so on.</summary>
    public static AxisScale Categories(string label, IReadOnlyList<string> names, double margin = 0.5)
    {
        var scale = new AxisScale(label, -margin, names.Count - 1 + margin, value => value);
        scale._majors.AddRange(names.Select((name, index) => ((double)index, name)));
        return scale;
    }

    /// <summary>Whole numbers, each with its mark.</summary>
    public static AxisScale Numbers(string label, int first, int last)
    {
        var scale = new AxisScale(label, first - 0.4, last + 0.4, value => value);
        scale._majors.AddRange(Enumerable.Range(first, last - first + 1).Select(number => ((double)number, number.ToString(CultureInfo.InvariantCulture))));
        return scale;
    }

    /// <summary>Powers of ten at equal distances.</summary>
    /// <param name="label">What it is.</param>
    /// <param name="values">At least one, above 0.</param>
    /// <param name="marks">Values to mark; null for round ones.</param>
    public static AxisScale Logarithmic(string label, IReadOnlyCollection<double> values, IEnumerable<double>? marks = null)
    {
        var (low, high) = (Math.Log10(values.Min()), Math.Log10(values.Max()));
        var margin = Math.Max(0.08 * (high - low), 0.12);
        var scale = new AxisScale(label, low - margin, high + margin, Math.Log10);
        if (marks is not null)
        {
            scale._majors.AddRange(marks.Select(mark => (Math.Log10(mark), Short(mark))));
            return scale;
        }

        // Over a few decades powers of ten are too few marks; over many, 2 and 5 are too many.
        int[] labelled = (scale.Maximum - scale.Minimum) switch { < 1.1 => [1, 2, 3, 5, 7], < 2.2 => [1, 2, 5], < 3.3 => [1, 3], _ => [1] };
        for (var decade = Math.Floor(scale.Minimum); decade <= scale.Maximum; decade++)
        {
            for (var digit = 1; digit <= 9; digit++)
            {
                var position = decade + Math.Log10(digit);
                if (position < scale.Minimum || position > scale.Maximum) continue;
                if (labelled.Contains(digit)) scale._majors.Add((position, Short(digit * Math.Pow(10, decade))));
                else scale._minors.Add(position);
            }
        }

        return scale;
    }

    /// <summary>A number in few letters: 20k, 1.5M.</summary>
    public static string Short(double value)
    {
        var (unit, letter) = value switch { >= 1e12 => (1e12, "T"), >= 1e9 => (1e9, "G"), >= 1e6 => (1e6, "M"), >= 1e3 => (1e3, "k"), _ => (1.0, "") };
        return (value / unit).ToString("0.####", CultureInfo.InvariantCulture) + letter;
    }

    private static double NiceStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }
}
