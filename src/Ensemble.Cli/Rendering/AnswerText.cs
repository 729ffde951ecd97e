using System.Text.Encodings.Web;
using System.Text.Json;
using Ensemble.Classification;

namespace Ensemble.Cli.Rendering;

/// <summary>Answers on images, as JSON and as rows of a table.</summary>
internal static class AnswerText
{
    // Names in any script stay legible; no markup reads this.
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The table's columns.</summary>
    public static IReadOnlyList<TextColumn> Columns => [new("image"), new("class"), new("%", IsNumber: true), new("then", DropOrder: 1)];

    /// <summary>One line: the file and its classes, the most probable first, or its fault.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="top">How many classes, at most.</param>
    public static string Json(FileAnswer answer, int top) => answer.Answer is { } found
        ? JsonSerializer.Serialize(
            new
            {
                file = answer.Path,
                @class = found.ClassName,
                probability = found.Probability,
                top = found.Ranked.Take(top).Select(rank => new { @class = rank.ClassName, probability = rank.Probability }),
            },
            s_json)
        : JsonSerializer.Serialize(new { file = answer.Path, error = answer.Fault }, s_json);

    /// <summary>The cells of <see cref="Columns"/>.</summary>
    public static string[] Row(string path, ImageAnswer answer, int top) =>
    [
        path,
        answer.ClassName,
        Percent(answer.Probability),
        string.Join(", ", answer.Ranked.Take(top).Skip(1).Select(rank => $"{rank.ClassName} {Percent(rank.Probability)}")),
    ];

    private static string Percent(double probability) => $"{100 * probability:0.0}";
}
