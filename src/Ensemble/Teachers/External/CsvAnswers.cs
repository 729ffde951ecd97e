using System.Globalization;
using System.Text;

namespace Ensemble.Teachers.External;

/// <summary>Reads a teacher's answers from a .csv file.</summary>
/// <remarks>
/// The first line names the columns, and so what the others are: <c>index,logit_0,logit_1,...</c>,
/// <c>index,probability_0,...</c>, <c>index,top_1,probability_1,top_2,probability_2,...</c> or <c>index,label</c>. Numbers have
/// a point; nothing is quoted; the lines may be in any order.
/// </remarks>
internal static class CsvAnswers
{
    private const int MostBytesPerField = 40;

    public static void Read(string path, AnswerTable table)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var most = (table.SampleCount + 1L) * MostBytesPerField * ((2L * table.ClassCount) + 1);
            if (stream.Length > most)
            {
                throw table.Fault($"at most {most} bytes for {table.SampleCount} samples of {table.ClassCount} classes", $"{stream.Length}");
            }

            using var reader = new StreamReader(stream, Encoding.UTF8);
            Read(reader, table);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw table.Fault("a .csv file that can be read", exception.Message.Split('\n')[0], exception);
        }
    }

    private static void Read(StreamReader reader, AnswerTable table)
    {
        var columns = (reader.ReadLine() ?? string.Empty).Split(',', StringSplitOptions.TrimEntries);
        var add = RowOf(columns, table);
        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            var where = string.Create(CultureInfo.InvariantCulture, $"line {line}");
            var fields = text.Split(',');
            if (fields.Length != columns.Length)
            {
                throw table.Fault($"{columns.Length} fields in {where}", $"{fields.Length}");
            }

            add(fields, where);
        }
    }

    private static Action<string[], string> RowOf(string[] columns, AnswerTable table)
    {
        var classCount = table.ClassCount;
        if (columns.SequenceEqual(["index", "label"]))
        {
            return (fields, where) => table.AddLabel(IntegerOf(fields[0], table, where), IntegerOf(fields[1], table, where), where);
        }

        if (columns.SequenceEqual(Numbered("logit", classCount)))
        {
            return (fields, where) => table.AddLogits(IntegerOf(fields[0], table, where), Numbers(fields, 1, 1, table, where), where);
        }

        if (columns.SequenceEqual(Numbered("probability", classCount)))
        {
            return (fields, where) => table.AddProbabilities(IntegerOf(fields[0], table, where), Numbers(fields, 1, 1, table, where), where);
        }

        var pairs = (columns.Length - 1) / 2;
        if (pairs >= 1 && pairs <= classCount && columns.SequenceEqual(
            Enumerable.Range(1, pairs).SelectMany(place => new[] { $"top_{place}", $"probability_{place}" }).Prepend("index")))
        {
            return (fields, where) => table.AddTop(
                IntegerOf(fields[0], table, where),
                [.. fields.Skip(1).Where((_, place) => place % 2 == 0).Select(field => IntegerOf(field, table, where))],
                Numbers(fields, 2, 2, table, where),
                where);
        }

        var found = string.Join(',', columns);
        throw table.Fault(
            $"columns index,label, or index,logit_0 to logit_{classCount - 1}, or index,probability_0 to probability_{classCount - 1}, or index,top_1,probability_1,...",
            found.Length > 80 ? $"{found[..80]}..." : found);
    }

    private static IEnumerable<string> Numbered(string name, int count) =>
        Enumerable.Range(0, count).Select(label => $"{name}_{label}").Prepend("index");

    private static double[] Numbers(string[] fields, int first, int step, AnswerTable table, string where)
    {
        var numbers = new double[(fields.Length - first + step - 1) / step];
        for (var place = 0; place < numbers.Length; place++)
        {
            var field = fields[first + (place * step)];
            numbers[place] = double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw table.Fault($"a number in {where}", Shortened(field));
        }

        return numbers;
    }

    private static long IntegerOf(string field, AnswerTable table, string where) =>
        long.TryParse(field, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw table.Fault($"an integer in {where}", Shortened(field));

    private static string Shortened(string field) => $"'{(field.Length > 30 ? field[..30] : field)}'";
}
