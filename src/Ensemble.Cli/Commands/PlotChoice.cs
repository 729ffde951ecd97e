using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Measurement;
using Ensemble.Plots;
using Ensemble.Plots.Reports;
using Ensemble.Runs;

namespace Ensemble.Cli.Commands;

/// <summary>The figures of <c>plot</c> beside accuracy against size and trainings, a flag each.</summary>
internal sealed class PlotChoice
{
    private const string Models = "MODEL is ensemble, baseline or student";

    public Option<string?> Reliability { get; } = Choice("--reliability", "Draw how often one run's model is right, by how sure it is, instead");

    public Option<string?> Confusion { get; } = Choice("--confusion", "Draw what one run's model takes for what instead");

    public Option<bool> EnsembleSize { get; } = new("--ensemble-size") { Description = "Draw what each further teacher of one run brings instead" };

    public Option<bool> Temperature { get; } = new("--temperature") { Description = "Draw the error of runs or of a sweep against temperature instead" };

    private IReadOnlyList<Option> All => [Reliability, Confusion, EnsembleSize, Temperature];

    /// <summary>Which of them was typed.</summary>
    /// <returns>The flag; null for none.</returns>
    /// <exception cref="UsageException">Several were.</exception>
    public string? Find(ParseResult parsed)
    {
        var typed = All.Where(option => Flag.IsTyped(parsed, option)).Select(option => option.Name).ToArray();
        return typed.Length <= 1 ? typed.FirstOrDefault() : throw new UsageException($"{string.Join(" and ", typed)}: each is a figure of its own; choose one");
    }

    /// <summary>Where the figure goes when nobody says.</summary>
    public static string StandardPath(string flag, IReadOnlyList<string> folders) => folders.Count == 1 ? Path.Combine(folders[0], $"{flag[2..]}.png") : $"{flag[2..]}.png";

    /// <summary>Draws the figure that was typed.</summary>
    public Figure Draw(CommandContext context, ParseResult parsed, IReadOnlyList<string> folders, string? title)
    {
        var runs = ReportRuns.Read(context, folders, out _);
        var run = runs[0];
        if (parsed.GetValue(Temperature)) return Temperatures(runs, title);
        if (parsed.GetValue(EnsembleSize)) return Members(run, title);
        var isConfusion = Flag.IsTyped(parsed, Confusion);
        var (name, answers, file) = Answers(run, parsed.GetValue(isConfusion ? Confusion : Reliability)!, isConfusion ? Confusion.Name : Reliability.Name);
        return isConfusion
            ? ConfusionMatrix.Draw(ConfusionCounts.Of(answers, file.Labels).Counts, file.Header.ClassNames, new ConfusionOptions { Title = title ?? $"{run.Name}: {name}", Width = 960, Height = 860 })
            : ReliabilityDiagram.Draw(ReliabilityBin.Of(answers, file.Labels), new ReliabilityOptions { Title = title ?? $"{run.Name}: {name}", Width = 800, Height = 720 });
    }

    private static Figure Temperatures(IReadOnlyList<ReportRun> runs, string? title) => TemperatureRuns.Gather(runs) is { Count: > 0 } series
        ? ErrorAgainstTemperature.Draw(series, new TemperatureOptions { Title = title })
        : throw new UsageException("--temperature: no two of the runs are of the same student, objective and weight of the labels at different temperatures");

    private static Figure Members(ReportRun run, string? title) => run.Results.EnsembleCurve is { } curve
        ? AccuracyAgainstEnsembleSize.Draw(curve, new EnsembleSizeOptions { Title = title })
        : throw new DataFaultException(Path.Combine(run.Folder, "results.json"), "ensembles by size", "none", "name a run with teachers, or evaluate this one again");

    private static (string Name, ModelAnswers Answers, AnswersFile File) Answers(ReportRun run, string model, string flag)
    {
        var file = run.OpenAnswers();
        var role = model.ToLowerInvariant() switch { "ensemble" => ModelRole.Ensemble, "baseline" => ModelRole.Baseline, _ => ModelRole.Student };
        var answers = file.Find(role) ?? throw new UsageException($"{flag}: the run has no {model}, only {string.Join(", ", file.Header.Models.Select(entry => entry.Role.ToString().ToLowerInvariant()).Distinct())}");
        return (model.ToLowerInvariant(), answers, file);
    }

    private static Option<string?> Choice(string name, string description)
    {
        string[] words = ["student", "baseline", "ensemble"];
        return new Option<string?>(name)
        {
            Description = $"{description}; {Models}",
            HelpName = "MODEL",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result =>
            {
                var typed = result.Tokens.Count > 0 ? result.Tokens[0].Value : words[0];
                if (words.Contains(typed, StringComparer.OrdinalIgnoreCase)) return typed;
                result.AddError($"{name}: must be {string.Join(" or ", words)}, is {typed}");
                return null;
            },
        };
    }
}
