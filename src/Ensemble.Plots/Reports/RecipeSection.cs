using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;

namespace Ensemble.Plots.Reports;

/// <summary>How to do it again, and what tells whether it was the same.</summary>
internal static class RecipeSection
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static XElement Build(ReportData data) => Markup.Section(
        "again",
        "Do it again",
        Markup.Paragraph("On the same machine and software, with the same threads, a run ends with the same bits on a CPU. The first command continues or repeats a run where it lies, the second does its recipe elsewhere."),
        data.Runs.Select(run => OfRun(run, data.IsOne)),
        new XElement("h3", "This report"),
        Code(data.Source.Command));

    private static XElement OfRun(ReportRun run, bool isOnly)
    {
        object[] content =
        [
            Code($"{Join(run.Manifest.CommandLine)}\n./ensemble distill --recipe {Quote(run.Folder.TrimEnd('/') + "/run.json")} --out {Quote(run.Folder.TrimEnd('/') + "-again")}"),
            Markup.Details("Recipe", Code(JsonSerializer.Serialize(run.Manifest.Recipe, s_json))),
            Markup.Details("Hashes", Hashes(run)),
        ];
        return isOnly ? new XElement("div", content) : Markup.Details(run.Name, content);
    }

    private static XElement Hashes(ReportRun run)
    {
        IEnumerable<(string Name, string Hash)> hashes =
        [
            ("recipe", run.Results.Recipe),
            ("data", run.Manifest.Dataset.Checksum),
            .. run.Results.Models.Where(model => model.WeightsSha256 is not null).Select(model => ($"weights of {model.Name}", model.WeightsSha256!)),
        ];
        return Markup.Element("dl", "hashes", hashes.Select(hash => new XElement("div", new XElement("dt", hash.Name), new XElement("dd", new XElement("code", hash.Hash)))));
    }

    private static XElement Code(string text) => new("pre", new XAttribute("tabindex", "0"), new XElement("code", text));

    // What began the run: of the launcher the arguments are recorded, of an experiment the whole command.
    private static string Join(IReadOnlyList<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) => word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || "-_./:=,+@%".Contains(letter, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
