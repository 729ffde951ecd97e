using Ensemble.Pipeline.Sweeps;
using Spectre.Console;

namespace Ensemble.Cli.Rendering;

/// <summary>A sweep's results: a line for each student and way of distilling it, then the teachers, the cost and what is missing.</summary>
internal static class SweepTable
{
    private const string Nothing = "-";

    /// <summary>Writes the tables.</summary>
    public static void Write(IAnsiConsole console, SweepResults results)
    {
        if (results.Rows.Count > 0)
        {
            TextTable.Write(console, Columns(results.Rows), [.. results.Rows.Select(Row)]);
            console.WritePlainLine("");
        }

        if (results.Teachers.Count > 0)
        {
            ResultsTable.Write(console, results.Teachers);
            console.WritePlainLine("");
        }

        console.WriteParagraph(SweepText.Describe(results.Cost));
        foreach (var run in results.Missing)
        {
            console.WriteParagraph($"missing: {run.Name}: {run.Reason}");
        }
    }

    // What is the same in every line is left out first where the terminal is narrow.
    private static TextColumn[] Columns(IReadOnlyList<SweepRow> rows) =>
    [
        new("student"),
        new("objective", DropOrder: rows.DistinctBy(row => row.Objective).Count() > 1 ? 9 : 1),
        new("T", IsNumber: true, DropOrder: rows.DistinctBy(row => row.Temperature).Count() > 1 ? 10 : 2),
        new("hard", IsNumber: true, DropOrder: rows.DistinctBy(row => row.HardWeight).Count() > 1 ? 11 : 3),
        new("seeds", IsNumber: true, DropOrder: 8),
        new("parameters", IsNumber: true),
        new("multiply-adds", IsNumber: true, DropOrder: 5),
        new("kB", IsNumber: true, DropOrder: 6),
        new("alone %", IsNumber: true),
        new("distilled %", IsNumber: true),
        new("gain", IsNumber: true, DropOrder: 12),
        new("gain\nkept %", IsNumber: true),
        new("train\ns", IsNumber: true, DropOrder: 4),
        new("latency\nms", IsNumber: true, DropOrder: 7),
    ];

    private static string[] Row(SweepRow row) =>
    [
        row.Student,
        row.Objective,
        $"{row.Temperature:0.###}",
        $"{row.HardWeight:0.###}",
        $"{row.Seeds.Count}",
        $"{row.Parameters:N0}",
        $"{row.MultiplyAdds:N0}",
        $"{row.Bytes / 1000.0:N1}",
        SweepText.Percent(row.BaselineAccuracy),
        SweepText.Percent(row.StudentAccuracy),
        SweepText.Percent(row.Gain, "+0.00;-0.00;0.00"),
        row.GainKept is { } kept ? $"{100 * kept:0}" : Nothing,
        $"{row.StudentTrainSeconds:0.0}",
        row.Latency is { } latency ? $"{latency.Batch1Milliseconds:0.00}" : Nothing,
    ];
}
