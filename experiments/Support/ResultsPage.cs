using System.Globalization;
using System.Text;

namespace Ensemble.Experiments;

/// <summary>experiments/README.md, made of the results of all experiments: nothing on it is typed.</summary>
public static class ResultsPage
{
    private const string Head =
        """
        # The paper, reproduced

        What Hinton, Vinyals and Dean say in [Distilling the Knowledge in a Neural Network](https://arxiv.org/abs/1503.02531), as far as
        public data can test it. Each experiment is one file here: `./ensemble experiment NAME`, or `dotnet run -c Release
        experiments/NAME.cs`; with `--quick` it shows in seconds, on tiny nets and drawn images, that it works. The same command goes
        on with what was stopped. This page is generated from `results/` (`./ensemble experiment --page`).


        """;

    /// <summary>The page.</summary>
    /// <param name="experiments">The experiments, in order.</param>
    /// <param name="results">The folder of all results.</param>
    /// <exception cref="DataFaultException">A results.json is no such file.</exception>
    public static string Of(IReadOnlyList<IExperiment> experiments, string results)
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        var found = experiments.ToDictionary(experiment => experiment, experiment => Find(results, experiment));
        page.Append("| experiment | verdict | training |\n|---|---|---|\n");
        foreach (var experiment in experiments)
        {
            page.Append(CultureInfo.InvariantCulture, $"| [{experiment.Name}](#{experiment.Name}) | {Summary(found[experiment])} | {(found[experiment] is { } result ? Duration(result.TrainSeconds) : "-")} |\n");
        }

        foreach (var experiment in experiments)
        {
            Append(page, experiment, found[experiment]);
        }

        return page.ToString();
    }

    private static ExperimentResults? Find(string results, IExperiment experiment)
    {
        var path = Path.Combine(results, experiment.Name, ExperimentResults.FileName);
        return File.Exists(path) ? ExperimentResults.Read(path) : null;
    }

    private static string Summary(ExperimentResults? results) => results switch
    {
        null => "not done at full size yet",
        { Verdicts.Count: 0 } => "not finished",
        _ => string.Create(CultureInfo.InvariantCulture, $"{results.Verdicts.Count(verdict => verdict.Holds)} of {results.Verdicts.Count} claims hold{(results.IsComplete ? "" : ", not finished")}"),
    };

    private static void Append(StringBuilder page, IExperiment experiment, ExperimentResults? results)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {experiment.Name}\n\n**{experiment.Title}** ([{experiment.Name}.cs]({experiment.Name}.cs))\n\nThe paper: {experiment.Claim}\n\n");
        if (results is null)
        {
            page.Append("Not done at full size yet.\n");
            return;
        }

        page.Append("| | paper | ours | seeds | asked |\n|---|---|---|---|---|\n");
        foreach (var row in results.Measurements)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {row.What} | {row.Paper ?? "-"} | {row.Ours} {row.Unit} | {row.Values.Count} | {(row.Goal.Length == 0 ? "-" : row.Goal)} |\n");
        }

        page.Append('\n');
        foreach (var verdict in results.Verdicts)
        {
            page.Append(CultureInfo.InvariantCulture, $"- **{(verdict.Holds ? "Holds" : "Does not hold")}**: {verdict.Claim}. {verdict.Because}.\n");
        }

        foreach (var figure in results.Figures)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n![{figure.Text}](results/{experiment.Name}/{figure.File})\n");
        }

        page.Append('\n');
        foreach (var note in results.Notes)
        {
            page.Append(CultureInfo.InvariantCulture, $"{note}\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"Seeds: {results.Seeds}. {results.Networks} networks, {Duration(results.TrainSeconds)} of training, those shared with other experiments included, ")
            .Append(CultureInfo.InvariantCulture, $"on {results.Hardware.LogicalCores} cores of {results.Hardware.Processor} ({results.Hardware.Device}), libtorch {results.Versions["libtorch"]}. ")
            .Append(CultureInfo.InvariantCulture, $"[results](results/{experiment.Name}/{ExperimentResults.FileName}), [recipes](results/{experiment.Name}/{Laboratory.RecipesName})")
            .Append(results.IsComplete ? ".\n" : "; not finished.\n");
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };
}
