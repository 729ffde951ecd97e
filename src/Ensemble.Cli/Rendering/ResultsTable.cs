using Ensemble.Runs;
using Spectre.Console;

namespace Ensemble.Cli.Rendering;

/// <summary>The measurements of a run, a line for each model.</summary>
internal static class ResultsTable
{
    private const string Nothing = "-";

    private static readonly TextColumn[] Columns =
    [
        new("model"),
        new("architecture", DropOrder: 6),
        new("parameters", IsNumber: true),
        new("size\nkB", IsNumber: true, DropOrder: 2),
        new("accuracy %\n(95%)", IsNumber: true),
        new("errors", IsNumber: true, DropOrder: 3),
        new("agree\n%", IsNumber: true, DropOrder: 5),
        new("gain\nkept %", IsNumber: true),
        new("train\ns", IsNumber: true, DropOrder: 1),
        new("latency\nms", IsNumber: true, DropOrder: 4),
    ];

    /// <summary>Writes the table.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<ResultRecord> models) => TextTable.Write(console, Columns, [.. models.Select(Row)]);

    private static string[] Row(ResultRecord model) =>
    [
        model.Name,
        model.Architecture,
        $"{model.Parameters:N0}",
        $"{model.Bytes / 1000.0:N1}",
        $"{100 * model.Accuracy:0.00} ({100 * model.AccuracyLow:0.0}-{100 * model.AccuracyHigh:0.0})",
        $"{model.Errors}",
        model.Agreement is { } agreement ? $"{100 * agreement:0.0}" : Nothing,
        model.GainKept is { } kept ? $"{100 * kept:0}" : Nothing,
        $"{model.TrainSeconds:0.0}",
        model.Latency is { } latency ? $"{latency.Batch1Milliseconds:0.00}" : Nothing,
    ];
}
