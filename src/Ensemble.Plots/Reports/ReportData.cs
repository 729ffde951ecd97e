using Ensemble.Runs;

namespace Ensemble.Plots.Reports;

/// <summary>What every section reads.</summary>
internal sealed class ReportData
{
    public ReportData(ReportSource source)
    {
        Source = source;
        Groups = ModelGroup.Gather(source.Runs.Select(run => run.Plotted));
        Shown = ShownRun.Find(source.Runs, out var fault);
        AnswersFault = fault;
    }

    public ReportSource Source { get; }

    public IReadOnlyList<ReportRun> Runs => Source.Runs;

    public bool IsOne => Runs.Count == 1;

    public ReportRun First => Runs[0];

    public string Dataset => Path.GetFileName(First.Results.Dataset);

    public IReadOnlyList<ModelGroup> Groups { get; }

    public InlineFigures Figures { get; } = new();

    /// <summary>The run whose answers are looked into; null where none has any.</summary>
    public ShownRun? Shown { get; }

    /// <summary>Why there is none.</summary>
    public string? AnswersFault { get; }

    public bool HasStudent => Groups.Any(group => group.Role == ModelRole.Student);

    /// <summary>Which run is looked into, where there are several.</summary>
    public string OfShown => (IsOne, Shown) switch
    {
        (true, _) or (_, null) => "",
        (_, { Without.Count: 0 } shown) => $" Of the run {shown.Run.Name}, whose student's accuracy is the median of the {Runs.Count} runs.",
        (_, { } shown) => $" Of the run {shown.Run.Name}: of those that have their models' answers the one whose student is nearest to the median of the {Runs.Count} runs (without answers: {string.Join(", ", shown.Without)}).",
    };

    /// <summary>Who teaches in a run, in words: by what was measured, for teachers that were brought along have no name in the recipe.</summary>
    public static string? TeachersOf(ReportRun run)
    {
        var measured = run.Results.Models.Where(model => model.Role == ModelRole.Teacher).GroupBy(model => model.Architecture).Select(group => $"{group.Count()} × {group.Key}").ToArray();
        return run.Teachers is null || measured.Length == 0 ? run.Teachers : string.Join(" + ", measured);
    }
}
