using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Plots.Reports;

namespace Ensemble.Cli.Commands;

/// <summary><c>report</c>: one page on one run, on several, or on a sweep.</summary>
internal static class ReportCommand
{
    private const string Name = "report";
    private const string FileName = "report.html";

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var runs = new Argument<string[]>("RUN") { Description = "The runs' folders, or that of a sweep", Arity = ArgumentArity.OneOrMore };
        var output = Flag.Text("--out", "FILE.html", "Where the page goes [default: report.html, in the folder of the run or the sweep where it is one]");
        var command = new DocumentedCommand(
            Name,
            "Writes one page that needs nothing beside itself: what was run, a table that sorts, figures whose points tell their values, test images with the models' answers, classes, cost, recipe.",
            ["report runs/five", "report runs/five-seed-1 runs/five-seed-2 --out five.html", "report sweeps/sizes"])
        {
            runs, output,
        };
        command.SetAction(parsed =>
        {
            var folders = parsed.GetRequiredValue(runs);
            var path = parsed.GetValue(output) ?? (folders.Length == 1 ? Path.Combine(folders[0], FileName) : FileName);
            if (!Path.GetExtension(path).Equals(".html", StringComparison.OrdinalIgnoreCase)) throw new UsageException($"--out: must end with .html, is {path}");
            Write(context, folders, path);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Writes the page and says where.</summary>
    /// <param name="context">The world outside.</param>
    /// <param name="folders">Runs and sweeps.</param>
    /// <param name="path">The file.</param>
    public static void Write(CommandContext context, IReadOnlyList<string> folders, string path)
    {
        var runs = ReportRuns.Read(context, folders, out var unfinished);
        var words = new[] { CommandContext.Launcher, Name }.Concat(folders);
        if (folders.Count > 1 || Path.GetFullPath(path) != Path.GetFullPath(Path.Combine(folders[0], FileName))) words = words.Append("--out").Append(path);
        HtmlReport.Write(
            new ReportSource { Runs = runs, Unfinished = unfinished, CreatedUtc = context.Clock.GetUtcNow(), Command = string.Join(' ', words.Select(RunCommand.Quote)) },
            path);
        context.Output.WritePlainLine($"report: {Path.GetFullPath(path)}");
    }
}
