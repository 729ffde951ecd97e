using System.Globalization;
using Ensemble.Runs;

namespace Ensemble.Plots;

/// <summary>
/// Accuracy against parameters in characters: a letter for each model, in capitals where no smaller one is as good, these joined
/// by dots; a legend below.
/// </summary>
public static class TextFrontier
{
    /// <summary>The least width that can be drawn.</summary>
    public const int MinimumWidth = 40;

    private const int Height = 16;
    private const int Letters = 26;
    private const char Unnamed = '*';
    private const char Step = '.';

    /// <summary>Draws the plot.</summary>
    /// <param name="runs">Runs of one data set.</param>
    /// <param name="width">Columns, at least <see cref="MinimumWidth"/>.</param>
    /// <returns>Lines of at most the width, the legend's excepted; none where fewer than two models have parameters.</returns>
    public static IReadOnlyList<string> Draw(IReadOnlyList<PlottedRun> runs, int width)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, MinimumWidth);
        var points = SizedPoint.Gather(runs, SizeMeasure.Parameters, spread: null).Points;
        if (points.Count < 2)
        {
            return [];
        }

        var frontier = SizedPoint.Frontier(points);
        var named = Name(points, frontier);
        var (low, high) = (points.Min(point => point.Accuracy), points.Max(point => point.Accuracy));
        var labels = Enumerable.Range(0, Height).Select(row => row % 5 == 0 ? Number(high - (row * Math.Max(high - low, 0.01) / (Height - 1))) : "").ToArray();
        var margin = labels.Max(label => label.Length);
        var (left, right) = (Math.Log10(points[0].Size), Math.Log10(points[^1].Size));
        var grid = Enumerable.Range(0, Height).Select(_ => Enumerable.Repeat(' ', width - margin - 2).ToArray()).ToArray();
        int Column(SizedPoint point) => right > left ? (int)Math.Round((Math.Log10(point.Size) - left) / (right - left) * (grid[0].Length - 1)) : grid[0].Length / 2;
        int Row(SizedPoint point) => high > low ? (int)Math.Round((high - point.Accuracy) / (high - low) * (Height - 1)) : Height / 2;
        for (var index = 0; index < frontier.Count; index++)
        {
            var end = index + 1 < frontier.Count ? Column(frontier[index + 1]) : grid[0].Length - 1;
            grid[Row(frontier[index])].AsSpan(Column(frontier[index])..(end + 1)).Fill(Step);
        }

        foreach (var (point, letter) in named)
        {
            var row = grid[Row(point)];
            row[NearestFree(row, Column(point))] = letter;
        }

        return
        [
            "accuracy, % of the test images",
            .. grid.Select((row, index) => $"{labels[index].PadLeft(margin)} |{new string(row).TrimEnd()}"),
            $"{new string(' ', margin)} +{new string('-', grid[0].Length)}",
            Ends(margin, width, points),
            .. Legend(named, frontier),
        ];
    }

    // Those on the frontier have a letter first, where there are more models than letters.
    private static (SizedPoint Point, char Letter)[] Name(IReadOnlyList<SizedPoint> points, IReadOnlyList<SizedPoint> frontier)
    {
        var isBest = frontier.ToHashSet(ReferenceEqualityComparer.Instance);
        var chosen = points.OrderByDescending(point => isBest.Contains(point)).Take(Letters).ToHashSet(ReferenceEqualityComparer.Instance);
        var next = 'a';
        return [.. points.Select(point => (point, !chosen.Contains(point) ? Unnamed : isBest.Contains(point) ? char.ToUpperInvariant(next++) : next++))];
    }

    // A model beside another of the same place says more than one upon it.
    private static int NearestFree(char[] row, int column)
    {
        for (var distance = 0; distance < row.Length; distance++)
        {
            foreach (var place in new[] { column + distance, column - distance })
            {
                if (place >= 0 && place < row.Length && row[place] is ' ' or Step)
                {
                    return place;
                }
            }
        }

        return column;
    }

    private static string Ends(int margin, int width, IReadOnlyList<SizedPoint> points)
    {
        var (first, last) = (Short(points[0].Size), Short(points[^1].Size));
        var middle = width < 60 ? "parameters (log)" : "parameters (logarithmic)";
        var room = width - margin - 2 - first.Length - last.Length;
        var before = Math.Max(1, (room - middle.Length) / 2);
        return $"{new string(' ', margin + 2)}{first}{new string(' ', before)}{middle}{new string(' ', Math.Max(1, room - before - middle.Length))}{last}";
    }

    // Three digits.
    private static string Short(double size)
    {
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(size)) - 2));
        return AxisScale.Short(Math.Round(size / unit) * unit);
    }

    private static IEnumerable<string> Legend((SizedPoint Point, char Letter)[] named, IReadOnlyList<SizedPoint> frontier)
    {
        foreach (var (point, letter) in named.Where(entry => entry.Letter != Unnamed))
        {
            var seeds = point.Count > 1 ? $", mean of {point.Count}" : "";
            yield return $"{letter}  {Describe(point)}: {point.Size.ToString("N0", CultureInfo.InvariantCulture)} parameters, {Number(point.Accuracy)}%{seeds}";
        }

        if (named.Count(entry => entry.Letter == Unnamed) is var others and > 0)
        {
            yield return $"{Unnamed}  {others} others";
        }

        yield return frontier.Count == 1 ? "capital: the frontier, which no smaller model reaches" : "capitals: the frontier, each better than every smaller model";
    }

    private static string Describe(SizedPoint point) => point.Role switch
    {
        ModelRole.Baseline => $"{point.Label} alone",
        ModelRole.Student => point.Variant is { } variant ? $"{point.Label} distilled, {variant}" : $"{point.Label} distilled",
        _ => point.Label,
    };

    private static string Number(double percent) => percent.ToString("0.00", CultureInfo.InvariantCulture);
}
