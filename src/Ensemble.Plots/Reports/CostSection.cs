using System.Xml.Linq;
using Cell = Ensemble.Plots.Reports.SortableTable.Cell;

namespace Ensemble.Plots.Reports;

/// <summary>What it all cost.</summary>
internal static class CostSection
{
    public static XElement Build(ReportData data)
    {
        var stages = data.Runs.SelectMany(run => run.Stages.Select(stage => stage.Name)).Distinct().ToArray();
        var table = new SortableTable("Seconds of each stage, and the whole", [("run", null), .. stages.Select(stage => (stage, (string?)"seconds")), ("device-hours", "of training and soft targets, on one device"), ("money", "at the rate that was stated")]);
        foreach (var run in data.Runs)
        {
            var cost = run.Results.Cost;
            table.Add(null, [Cell.Of(run.Name), .. stages.Select(stage => Cell.Of(run.Stages.FirstOrDefault(entry => entry.Name == stage)?.Seconds, "N1")), Cell.Of(cost?.DeviceHours, "0.000"), Cell.Of(cost?.Money, "0.00")]);
        }

        return Markup.Section("cost", "Cost", Markup.Paragraph(Sentence(data)), table.ToElement());
    }

    private static string Sentence(ReportData data)
    {
        var costs = data.Runs.Select(run => run.Results.Cost).ToArray();
        if (costs.All(cost => cost is null)) return "What it cost was not recorded.";
        var hours = costs.Sum(cost => cost?.DeviceHours ?? 0);
        var rates = costs.Select(cost => cost?.HourlyRate).OfType<double>().Distinct().ToArray();
        var money = rates.Length == 0
            ? "no hourly rate was stated (--hourly-rate)"
            : $"at {string.Join(" and ", rates.Select(rate => $"{rate:0.##}"))} an hour that is {costs.Sum(cost => cost?.Money ?? 0):0.00}";
        return $"{hours:0.000} hours on {string.Join(" and ", data.Runs.Select(run => run.Results.Hardware.Device).Distinct())}; {money}. Teachers that were trained elsewhere and brought along are not counted.";
    }
}
