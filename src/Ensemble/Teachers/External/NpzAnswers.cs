using System.Globalization;
using System.Runtime.InteropServices;
using Ensemble.Data.Formats;

namespace Ensemble.Teachers.External;

/// <summary>Reads a teacher's answers from an .npz file.</summary>
/// <remarks>
/// One of: <c>logits</c> [N, C], <c>probabilities</c> [N, C], <c>top_classes</c> [N, k] with <c>top_probabilities</c> [N, k],
/// <c>labels</c> [N]; and <c>indices</c> [N], the samples of the rows, where they are not 0 to N - 1 in order.
/// </remarks>
internal static class NpzAnswers
{
    private static readonly string[] s_kinds = ["logits", "probabilities", "top_classes", "labels"];

    public static void Read(string path, AnswerTable table)
    {
        using var reader = NpzReader.Open(path);
        var kinds = s_kinds.Where(reader.Holds).ToArray();
        if (kinds.Length != 1)
        {
            throw table.Fault($"one array of {string.Join(", ", s_kinds)}", reader.Names.Count == 0 ? "no arrays" : string.Join(", ", reader.Names));
        }

        var answers = reader.Read(kinds[0]);
        var rows = answers.Sizes.Count > 0 ? answers.Sizes[0] : 0;
        var indices = reader.Holds("indices") ? Integers(reader.Read("indices"), "indices", table, rows) : null;
        var add = RowOf(kinds[0], answers, reader, table, rows);
        for (var row = 0; row < rows; row++)
        {
            add(row, indices?[row] ?? row, string.Create(CultureInfo.InvariantCulture, $"row {row} of {kinds[0]}"));
        }
    }

    private static Action<int, long, string> RowOf(string kind, NpyArray answers, NpzReader reader, AnswerTable table, int rows)
    {
        var classes = table.ClassCount;
        switch (kind)
        {
            case "labels":
                var labels = Integers(answers, kind, table, rows);
                return (row, sample, where) => table.AddLabel(sample, labels[row], where);
            case "top_classes":
                var k = answers.Sizes.Count == 2 && answers.Sizes[1] >= 1 && answers.Sizes[1] <= classes
                    ? answers.Sizes[1]
                    : throw table.Fault($"top_classes as integers [N, k] with k of 1 to {classes}", answers.ToString());
                var top = Integers(answers, kind, table, rows, k);
                var shares = Numbers(reader.Read("top_probabilities"), "top_probabilities", table, rows, k);
                return (row, sample, where) => table.AddTop(sample, top.AsSpan(row * k, k), shares.AsSpan(row * k, k), where);
            case "logits":
                var logits = Numbers(answers, kind, table, rows, classes);
                return (row, sample, where) => table.AddLogits(sample, logits.AsSpan(row * classes, classes), where);
            default:
                var probabilities = Numbers(answers, kind, table, rows, classes);
                return (row, sample, where) => table.AddProbabilities(sample, probabilities.AsSpan(row * classes, classes), where);
        }
    }

    private static long[] Integers(NpyArray array, string name, AnswerTable table, params int[] sizes) =>
        array.HoldsIntegers && array.Sizes.SequenceEqual(sizes)
            ? array.ToIntegers()
            : throw table.Fault($"{name} as integers [{string.Join(", ", sizes)}]", array.ToString());

    private static double[] Numbers(NpyArray array, string name, AnswerTable table, params int[] sizes)
    {
        if (array.HoldsIntegers || !array.Sizes.SequenceEqual(sizes))
        {
            throw table.Fault($"{name} as floating-point numbers [{string.Join(", ", sizes)}]", array.ToString());
        }

        return array.ElementType == NpyElementType.Float64
            ? MemoryMarshal.Cast<byte, double>(array.Content.Span).ToArray()
            : Array.ConvertAll(MemoryMarshal.Cast<byte, float>(array.Content.Span).ToArray(), value => (double)value);
    }
}
