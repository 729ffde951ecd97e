using System.Xml.Linq;
using Ensemble.Measurement;

namespace Ensemble.Plots.Reports;

/// <summary>How often the models are right where they are so sure.</summary>
internal static class CalibrationSection
{
    public static XElement Build(ReportData data)
    {
        if (data.Shown is not { } shown) return Markup.Section("calibration", "Calibration", Markup.Note($"The models' answers on each image are not there, so that nothing can be said here. {data.AnswersFault} {ShownRun.HowToGet(data.First)}"));
        var figures = shown.Models.Select(model => data.Figures.Draw(
            ReliabilityDiagram.Draw(ReliabilityBin.Of(model.Answers, shown.Labels), new ReliabilityOptions { Title = model.Name, Width = 520, Height = 470 }),
            $"{model.Name}: bars that end at the diagonal are honest."));
        return Markup.Section("calibration", "Calibration", Markup.Paragraph($"How often a model is right, by how sure it is (its top-1 probability, in 15 ranges).{data.OfShown}"), Markup.Element("div", "triple", figures));
    }
}
