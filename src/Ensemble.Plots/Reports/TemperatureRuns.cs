using Ensemble.Runs;

namespace Ensemble.Plots.Reports;

/// <summary>Students over temperatures, of runs that differ in nothing else than temperature and seed.</summary>
public static class TemperatureRuns
{
    /// <summary>Gathers series of at least two temperatures.</summary>
    /// <param name="runs">Runs with results.</param>
    /// <returns>A series for each student, objective and weight of the labels; empty where no two runs differ in temperature.</returns>
    public static IReadOnlyList<TemperatureSeries> Gather(IEnumerable<ReportRun> runs)
    {
        var groups = runs
            .Select(run => (Run: run, Student: run.Results.Models.FirstOrDefault(model => model.Role == ModelRole.Student)))
            .Where(entry => entry.Student is not null)
            .GroupBy(entry => (entry.Run.Student, entry.Run.Objective, entry.Run.HardWeight))
            .Where(group => group.Select(entry => entry.Run.Temperature).Distinct().Count() > 1)
            .ToArray();
        var isMixed = groups.Select(group => group.Key.Student).Distinct().Count() < groups.Length;
        return
        [
            .. groups.Select(group => new TemperatureSeries(
                isMixed ? $"{group.Key.Student}, {group.Key.Objective}, hard {group.Key.HardWeight:0.###}" : group.Key.Student,
                [.. group.GroupBy(entry => entry.Run.Temperature).Select(point => new TemperaturePoint(point.Key, [.. point.Select(entry => 1 - entry.Student!.Accuracy)]))])),
        ];
    }
}
