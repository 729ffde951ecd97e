namespace Ensemble.Experiments;

/// <summary>The experiments, in the order of the results page.</summary>
public static class ExperimentSuite
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IExperiment> All { get; } =
    [
        new MnistTable(), new TemperatureSweep(), new OmittedDigit(), new TwoDigits(), new SoftTargetsRegularise(), new EnsembleGain(), new SpecialistNets(),
    ];

    /// <summary>Finds an experiment.</summary>
    /// <exception cref="UnknownNameException">None has the name.</exception>
    public static IExperiment Find(string name) =>
        All.FirstOrDefault(experiment => experiment.Name == name) ?? throw new UnknownNameException("experiment", name, [.. All.Select(experiment => experiment.Name)]);

    /// <summary>Makes the page of all results anew.</summary>
    /// <returns>Its path.</returns>
    public static string WritePage()
    {
        Storage.AtomicFile.WriteText(Repository.Page, ResultsPage.Of(All, Repository.Results));
        return Repository.Page;
    }

    /// <summary>Does an experiment.</summary>
    /// <param name="experiment">Which.</param>
    /// <param name="options">How.</param>
    /// <param name="tell">Takes a line at a time.</param>
    /// <exception cref="EnsembleException">Data or machine are at fault, or a loss is not finite.</exception>
    public static void Run(IExperiment experiment, ExperimentOptions options, Action<string> tell)
    {
        using var laboratory = new Laboratory(experiment, options, tell);
        experiment.Run(laboratory);
        if (options.IsQuick)
        {
            tell("A quick run, of tiny nets on drawn images: it shows that the experiment works; its numbers and verdicts say nothing about the claim.");
        }
    }
}
