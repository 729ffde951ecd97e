using System.Xml.Linq;
using Ensemble.Runs;

namespace Ensemble.Plots.Reports;

/// <summary>What was run, on what, when.</summary>
internal static class SummarySection
{
    public static XElement Build(ReportData data)
    {
        var (runs, first) = (data.Runs, data.First);
        var facts = new List<(string Name, string Value)>
        {
            ("data", $"{data.Dataset}: {string.Join(", ", first.Manifest.Dataset.Counts.Select(split => $"{split.Value:N0} {split.Key}"))} images"),
            ("teachers", Join(runs.Select(run => ReportData.TeachersOf(run) ?? "none"))),
            (!data.HasStudent ? "network" : runs.Select(run => run.Student).Distinct().Count() == 1 ? "student" : "students", Join(runs.Select(run => run.Student))),
        };
        if (data.HasStudent)
        {
            facts.Add(("objective", Several(runs.Select(run => $"{run.Objective}, weight of the labels {run.HardWeight:0.###}"))));
            facts.Add(("temperature", Join(runs.OrderBy(run => run.Temperature).Select(run => $"{run.Temperature:0.###}"))));
        }

        facts.Add((runs.Select(run => run.Results.Seed).Distinct().Count() == 1 ? "seed" : "seeds", Join(runs.OrderBy(run => run.Results.Seed).Select(run => $"{run.Results.Seed}"))));
        facts.Add((runs.Count == 1 ? "run" : "runs", runs.Count == 1 ? first.Folder : $"{runs.Count} with results"));
        facts.Add(("machine", Several(runs.Select(run => Describe(run.Results.Hardware)))));
        facts.Add(("software", Several(runs.Select(run => string.Join(", ", run.Results.Versions.Select(version => $"{version.Key} {version.Value}"))))));
        facts.Add(("measured", Dates(runs.Select(run => run.Results.CreatedUtc))));
        facts.Add(("report written", $"{data.Source.CreatedUtc:yyyy-MM-dd HH:mm} UTC"));
        return new XElement(
            "section",
            new XAttribute("id", "summary"),
            new XAttribute("aria-label", "What was run"),
            Markup.Element("p", "headline", Headline.Describe(data)),
            Markup.Element("dl", "facts", facts.Select(fact => new XElement("div", new XElement("dt", fact.Name), new XElement("dd", fact.Value)))),
            data.Source.Unfinished.Count == 0 ? null : Markup.Note($"Without results yet, and not in here: {string.Join(", ", data.Source.Unfinished)}."));
    }

    private static string Describe(MachineInfo machine) =>
        $"{machine.Processor}, {machine.LogicalCores} cores, {machine.MemoryBytes / (double)(1L << 30):0} GiB; {machine.OperatingSystem}; tensors on {machine.Device}";

    private static string Join(IEnumerable<string> values) => string.Join(", ", values.Distinct());

    private static string Several(IEnumerable<string> values) => string.Join("; ", values.Distinct());

    private static string Dates(IEnumerable<DateTimeOffset> dates)
    {
        var ordered = dates.Order().ToArray();
        var (from, to) = ($"{ordered[0]:yyyy-MM-dd HH:mm}", $"{ordered[^1]:yyyy-MM-dd HH:mm}");
        return from == to ? $"{from} UTC" : $"{from} to {to} UTC";
    }
}
