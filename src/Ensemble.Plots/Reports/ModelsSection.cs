using System.Xml.Linq;
using Ensemble.Runs;
using Cell = Ensemble.Plots.Reports.SortableTable.Cell;

namespace Ensemble.Plots.Reports;

/// <summary>The models and what was measured of them.</summary>
internal static class ModelsSection
{
    private const string Accuracy = "accuracy %";

    private static readonly (string Heading, string? Meaning, Func<ResultRecord, double?> Value, string Format)[] s_columns =
    [
        (Accuracy, "of the test images, top-1; in brackets the 95% interval over the test images (Wilson)", model => 100 * model.Accuracy, "0.00"),
        ("gain kept %", "(student - alone) / (ensemble - alone)", model => 100 * model.GainKept, "0.0"),
        ("parameters", "trainable numbers", model => model.Parameters, "N0"),
        ("multiply-adds", "multiplications with addition for one image", model => model.MultiplyAdds, "N0"),
        ("kB", "the weights' file, 1 kB = 1,000 bytes", model => model.Bytes / 1000.0, "N1"),
        ("latency ms", "one image alone, median", model => model.Latency?.Batch1Milliseconds, "0.00"),
        ("errors", "test images that are wrong", model => model.Errors, "0.##"),
        ("agree %", "how often the answer is the ensemble's", model => 100 * model.Agreement, "0.00"),
        ("NLL", "mean negative log-likelihood of the labels, nats", model => model.Nll, "0.0000"),
        ("ECE %", "expected calibration error, 15 bins", model => 100 * model.Ece, "0.00"),
        ("KL", "mean divergence from the ensemble, nats", model => model.KlToEnsemble, "0.0000"),
        ("train s", "seconds of training", model => model.TrainSeconds, "N1"),
    ];

    public static XElement Build(ReportData data) => data.IsOne
        ? Markup.Section("models", "Models", Single(data.First))
        : Markup.Section(
            "models",
            "Models",
            Markup.Paragraph("Seeds of a recipe are one line: the mean, and where there are several ± their standard deviation (n − 1). Sizes are of one network."),
            Grouped(data),
            Markup.Details("Every model of every run", Every(data)));

    private static XElement Single(ReportRun run)
    {
        var table = new SortableTable("Every model on the test images", [("model", null), ("architecture", null), .. s_columns.Select(column => (column.Heading, column.Meaning))]);
        foreach (var model in run.Results.Models)
        {
            table.Add(Class(model.Role), [Cell.Of(model.Name), Cell.Of(model.Architecture), .. Values(model)]);
        }

        return table.ToElement();
    }

    private static XElement Grouped(ReportData data)
    {
        var table = new SortableTable("Models, by recipe", [("model", null), ("architecture", null), ("n", "networks, or seeds"), .. s_columns.Select(column => (column.Heading, column.Meaning))]);
        foreach (var group in data.Groups.OrderBy(group => group.Role == ModelRole.Teacher ? 0 : group.Role == ModelRole.Ensemble ? 1 : 2).ThenBy(group => group.Models[0].Parameters))
        {
            table.Add(Class(group.Role), [Cell.Of(Name(group)), Cell.Of(group.Models[0].Architecture), Cell.Of(group.Models.Count, "0"), .. s_columns.Select(column => Mean(group, column.Value, column.Format))]);
        }

        return table.ToElement();
    }

    private static XElement Every(ReportData data)
    {
        var table = new SortableTable("Every model on the test images", [("model", null), ("run", null), ("architecture", null), .. s_columns.Select(column => (column.Heading, column.Meaning))]);
        var met = new HashSet<string>();
        foreach (var (run, model) in data.Runs.SelectMany(run => run.Results.Models.Select(model => (run, model))))
        {
            // The runs of a sweep have the same teachers, their ensemble and often their baselines.
            if (!met.Add(model.WeightsSha256 ?? $"{model.Name} {model.Accuracy:R} {model.Nll:R}")) continue;
            table.Add(Class(model.Role), [Cell.Of(model.Name), Cell.Of(run.Name), Cell.Of(model.Architecture), .. Values(model)]);
        }

        return table.ToElement();
    }

    private static IEnumerable<Cell> Values(ResultRecord model) => s_columns.Select(column => Cell.Of(column.Value(model), column.Format) with
    {
        Extra = column.Heading == Accuracy ? Markup.Element("span", "spread", $" ({100 * model.AccuracyLow:0.0}–{100 * model.AccuracyHigh:0.0})") : null,
    });

    private static Cell Mean(ModelGroup group, Func<ResultRecord, double?> read, string format)
    {
        double[] values = [.. group.Models.Select(read).OfType<double>()];
        if (values.Length == 0) return Cell.Of(null, format);
        var mean = values.Average();
        var cell = Cell.Of(mean, format);
        if (values.Length == 1 || values.Distinct().Count() == 1) return cell;
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        return cell with { Extra = Markup.Element("span", "spread", $" ± {Cell.Of(deviation, format).Text}") };
    }

    private static string Name(ModelGroup group) => group.Role switch
    {
        ModelRole.Ensemble => group.Label,
        ModelRole.Baseline => "student alone",
        ModelRole.Student => group.Variant is null ? "student distilled" : $"distilled, {group.Variant}",
        _ => "teacher",
    };

    private static string Class(ModelRole role) => role.ToString().ToLowerInvariant();
}
