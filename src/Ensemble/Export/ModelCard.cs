using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ensemble.Runs;

namespace Ensemble.Export;

/// <summary>A model's README.md, with the block of metrics that model hubs read in front.</summary>
internal static class ModelCard
{
    /// <summary>The file's name.</summary>
    public const string FileName = "README.md";

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the card.</summary>
    /// <param name="source">The model.</param>
    /// <param name="record">What belongs to its weights.</param>
    /// <param name="parity">Of the ONNX file beside it; null where there is none.</param>
    public static string Write(ExportSource source, ModelRecord record, ParityRecord? parity)
    {
        var card = new StringBuilder();
        WriteFrontMatter(card, source, record);
        WriteText(card, source, record);
        if (parity is not null)
        {
            WriteParity(card, parity);
        }

        return card.ToString();
    }

    private static void WriteFrontMatter(StringBuilder card, ExportSource source, ModelRecord record)
    {
        Line(card, $"---");
        Line(card, $"library_name: ensemble");
        Line(card, $"pipeline_tag: image-classification");
        Line(card, $"tags: [image-classification, knowledge-distillation, model-compression]");
        Line(card, $"metrics: [accuracy]");
        if (source.Result is { } result)
        {
            Line(card, $"model-index:");
            Line(card, $"- name: {Quote($"{source.Name} {record.Architecture}")}");
            Line(card, $"  results:");
            Line(card, $"  - task: {{type: image-classification}}");
            Line(card, $"    dataset: {{name: {Quote(source.Splits.Name)}, type: {Quote(source.Splits.Name)}, split: test}}");
            Line(card, $"    metrics:");
            Line(card, $"    - {{type: accuracy, name: top-1 accuracy, value: {result.Accuracy}}}");
        }

        Line(card, $"---");
        Line(card, $"");
    }

    private static void WriteText(StringBuilder card, ExportSource source, ModelRecord record)
    {
        var shape = record.InputShape;
        Line(card, $"# {source.Name}: {record.Architecture} for {record.ClassNames.Count} classes");
        Line(card, $"");
        var origin = source.Teachers.Count > 0
            ? $"Distilled by Ensemble from {source.Teachers.Count} teachers ([Hinton, Vinyals & Dean 2015](https://arxiv.org/abs/1503.02531))"
            : "Trained by Ensemble";
        Line(card, $"{origin} on {source.Splits.Name}: {record.Parameters:N0} parameters, {record.MultiplyAdds:N0} multiply-adds an image.");
        Line(card, $"");
        Line(card, $"- images: upright by their EXIF orientation, without alpha, in {(shape.Channels == 1 ? "gray" : "red, green, blue")}; by bicubic resampling to {shape.Width} columns and {shape.Height} rows, both filled and the middle kept");
        Line(card, $"- input of {ModelFile.WeightsName}: {shape.Channels}x{shape.Height}x{shape.Width} pixels in 0 to 1, minus [{Join(record.Mean)}], over [{Join(record.Std)}], by channel; an ONNX file does that itself, and takes pixels as its metadata say (ensemble.input)");
        Line(card, $"- classes, in order: {string.Join(", ", record.ClassNames.Select(Quote))}");
        Line(card, $"- recipe {record.RecipeHash}, seed {record.Seed}, {record.Epochs} epochs; weights {record.WeightsSha256}");
        foreach (var teacher in source.Teachers)
        {
            Line(card, $"- teacher {teacher}");
        }

        if (source.Result is { } result)
        {
            Line(card, $"");
            Line(card, $"On the {result.Count:N0} test images: {100 * result.Accuracy:0.00}% right (95% interval {100 * result.AccuracyLow:0.0} to {100 * result.AccuracyHigh:0.0}), {result.Errors:N0} errors, NLL {result.Nll:0.000}, ECE {result.Ece:0.000}.");
        }
    }

    private static void WriteParity(StringBuilder card, ParityRecord parity)
    {
        Line(card, $"");
        Line(card, parity.Outcome == ParityOutcome.Unchecked
            ? (FormattableString)$"{parity.File} ({parity.Precision}, {parity.ExportedBytes:N0} bytes) was not run: {parity.Reason}."
            : $"{parity.File} ({parity.Precision}, {parity.ExportedBytes:N0} bytes) beside the original on {parity.Images:N0} test images by {parity.Runtime}: the same class for {100 * parity.Agreement:0.00}%, {parity.AccuracyLost:0.00} points of accuracy lost, largest difference {parity.LargestDifference:g3}.");
    }

    // JSON's strings are YAML's too; letters that are not ASCII stay what they are.
    private static string Quote(string text) => JsonSerializer.Serialize(text, s_json);

    private static string Join(IEnumerable<double> values) => string.Join(", ", values.Select(value => value.ToString("0.####", CultureInfo.InvariantCulture)));

    private static void Line(StringBuilder card, FormattableString text) => card.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
