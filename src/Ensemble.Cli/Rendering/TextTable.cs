using Spectre.Console;

namespace Ensemble.Cli.Rendering;

/// <summary>A table: drawn on a terminal with the columns that fit; lines of aligned text, with all of them, elsewhere.</summary>
internal static class TextTable
{
    private const int Gap = 2;

    /// <summary>Writes the table.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">A cell for each column.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<TextColumn> columns, IReadOnlyList<string[]> rows)
    {
        if (console.IsLive())
        {
            Draw(console, columns, rows);
            return;
        }

        var headers = columns.Select(column => column.Header.Replace('\n', ' ')).ToArray();
        var lines = rows.Prepend(headers).ToArray();
        var widths = columns.Select((_, position) => lines.Max(line => line[position].Length)).ToArray();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, position) => columns[position].IsNumber ? cell.PadLeft(widths[position]) : cell.PadRight(widths[position]));
            console.WritePlainLine(string.Join(new string(' ', Gap), cells).TrimEnd());
        }
    }

    private static void Draw(IAnsiConsole console, IReadOnlyList<TextColumn> columns, IReadOnlyList<string[]> rows)
    {
        var shown = Fit(columns, rows, console.Profile.Width);
        var table = new Table { Border = TableBorder.None };
        foreach (var position in shown)
        {
            var column = columns[position];
            var drawn = new TableColumn($"[bold]{Markup.Escape(column.Header)}[/]") { Padding = new Padding(0, 0, Gap, 0) };
            table.AddColumn(column.IsNumber ? drawn.RightAligned() : drawn);
        }

        foreach (var row in rows)
        {
            table.AddRow(shown.Select(position => new Text(row[position])));
        }

        console.Write(table);
        var left = columns.Where((_, position) => !shown.Contains(position)).Select(column => column.Header.Replace('\n', ' ')).ToArray();
        if (left.Length > 0)
        {
            console.WriteParagraph($"(too narrow for: {string.Join(", ", left)})");
        }
    }

    private static List<int> Fit(IReadOnlyList<TextColumn> columns, IReadOnlyList<string[]> rows, int width)
    {
        var shown = Enumerable.Range(0, columns.Count).ToList();
        var widths = shown.Select(position => rows.Select(row => row[position]).Concat(columns[position].Header.Split('\n')).Max(text => text.Length) + Gap).ToArray();
        foreach (var position in shown.Where(position => columns[position].DropOrder > 0).OrderBy(position => columns[position].DropOrder).ToArray())
        {
            if (shown.Sum(column => widths[column]) <= width)
            {
                break;
            }

            shown.Remove(position);
        }

        return shown;
    }
}
