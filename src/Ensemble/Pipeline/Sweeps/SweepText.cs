using System.Globalization;
using System.Text;
using Ensemble.Runs;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>A sweep's results as tables of text: results.csv and results.md.</summary>
public static class SweepText
{
    private static readonly string[] s_csvColumns =
    [
        "student", "objective", "temperature", "hard_weight", "seeds", "parameters", "multiply_adds", "bytes", "baseline_accuracy", "baseline_deviation",
        "student_accuracy", "student_deviation", "gain", "gain_deviation", "gain_kept", "agreement", "latency_batch1_ms", "latency_batch128_ms",
        "student_train_seconds", "baseline_train_seconds",
    ];

    /// <summary>The rows with a header, comma-separated (RFC 4180); accuracies from 0 to 1, what is not known empty.</summary>
    public static string ToCsv(SweepResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder().AppendJoin(',', s_csvColumns).Append('\n');
        foreach (var row in results.Rows)
        {
            string?[] cells =
            [
                row.Student, row.Objective, Number(row.Temperature), Number(row.HardWeight), string.Join(' ', row.Seeds), $"{row.Parameters}", $"{row.MultiplyAdds}", $"{row.Bytes}",
                Number(row.BaselineAccuracy.Mean), Number(row.BaselineAccuracy.Deviation), Number(row.StudentAccuracy.Mean), Number(row.StudentAccuracy.Deviation),
                Number(row.Gain.Mean), Number(row.Gain.Deviation), Number(row.GainKept), Number(row.Agreement),
                Number(row.Latency?.Batch1Milliseconds), Number(row.Latency?.Batch128Milliseconds), Number(row.StudentTrainSeconds), Number(row.BaselineTrainSeconds),
            ];
            text.AppendJoin(',', cells.Select(cell => Quote(cell ?? ""))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A Markdown page: the table, the teachers, the cost, what is missing.</summary>
    public static string ToMarkdown(SweepResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder();
        Line(text, $"# {Cell(results.Dataset)}: students of one ensemble");
        Line(text, "");
        Line(text, "Accuracy on the test images in percent: mean and sample standard deviation over the seeds.");
        Line(text, "");
        Line(text, "| student | objective | T | hard | seeds | parameters | multiply-adds | kB | alone | distilled | gain | gain kept % | latency ms |");
        Line(text, "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var row in results.Rows)
        {
            Line(text, $"| {Cell(row.Student)} | {Cell(row.Objective)} | {row.Temperature:0.###} | {row.HardWeight:0.###} | {row.Seeds.Count} | {row.Parameters:N0} | {row.MultiplyAdds:N0} | {row.Bytes / 1000.0:N1} | {Percent(row.BaselineAccuracy)} | {Percent(row.StudentAccuracy)} | {Percent(row.Gain, "+0.00;-0.00;0.00")} | {100 * row.GainKept:0} | {row.Latency?.Batch1Milliseconds:0.00} |");
        }

        Teachers(text, results.Teachers);
        Line(text, "");
        Line(text, Describe(results.Cost));
        if (results.Missing.Count > 0)
        {
            Line(text, "");
            Line(text, "Missing runs:");
            Line(text, "");
            foreach (var run in results.Missing)
            {
                Line(text, $"- {Cell(run.Name)}: {Cell(run.Reason)}");
            }
        }

        return text.ToString();
    }

    /// <summary>What a sweep cost and what sharing saved, in one line for a person.</summary>
    public static string Describe(SweepCost cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        var money = cost.Total.Money is { } sum ? Invariant($", {sum:0.00} at {cost.Total.HourlyRate:0.##} an hour") : "";
        return Invariant(
            $"Device-hours: {cost.Total.DeviceHours:0.000} (teachers {cost.TeacherHours:0.000}, their stored answers {cost.SoftTargetHours:0.000}, baselines {cost.BaselineHours:0.000}, students {cost.StudentHours:0.000}{money}); sharing teachers, answers and baselines saved {cost.SavedHours:0.000}.");
    }

    /// <summary>A share over the seeds in percent: the mean, and the deviation where there is one.</summary>
    /// <param name="share">From -1 to 1.</param>
    /// <param name="format">The mean's.</param>
    public static string Percent(SeedMean share, string format = "0.00")
    {
        ArgumentNullException.ThrowIfNull(share);
        var mean = (100 * share.Mean).ToString(format, CultureInfo.InvariantCulture);
        return share.Deviation is { } deviation ? Invariant($"{mean} ± {100 * deviation:0.00}") : mean;
    }

    private static void Teachers(StringBuilder text, IReadOnlyList<ResultRecord> teachers)
    {
        if (teachers.Count == 0)
        {
            return;
        }

        Line(text, "");
        Line(text, "| teachers | architecture | parameters | multiply-adds | kB | accuracy | latency ms |");
        Line(text, "|---|---|--:|--:|--:|--:|--:|");
        foreach (var teacher in teachers)
        {
            Line(text, $"| {Cell(teacher.Name)} | {Cell(teacher.Architecture)} | {teacher.Parameters:N0} | {teacher.MultiplyAdds:N0} | {teacher.Bytes / 1000.0:N1} | {100 * teacher.Accuracy:0.00} | {teacher.Latency?.Batch1Milliseconds:0.00} |");
        }
    }

    // A name from a file must not end the table.
    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
