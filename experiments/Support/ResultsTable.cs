namespace Ensemble.Experiments;

/// <summary>An experiment's table for a terminal.</summary>
internal static class ResultsTable
{
    /// <summary>The lines: a row for each measurement, then the verdicts.</summary>
    public static IEnumerable<string> Lines(ExperimentResults results)
    {
        string[][] rows =
        [
            ["", "paper", "ours", ""],
            .. results.Measurements.Select(measurement => new[] { measurement.What, measurement.Paper ?? "-", $"{measurement.Ours} {measurement.Unit}", measurement.Goal }),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        yield return "";
        foreach (var row in rows)
        {
            yield return string.Join("  ", row.Select((text, column) => text.PadRight(widths[column]))).TrimEnd();
        }

        foreach (var verdict in results.Verdicts)
        {
            yield return $"{(verdict.Holds ? "holds" : "does not hold")}: {verdict.Claim} ({verdict.Because})";
        }

        yield return "";
    }
}
