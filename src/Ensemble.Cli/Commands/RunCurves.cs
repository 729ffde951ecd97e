using Ensemble.Plots;
using Ensemble.Runs;

namespace Ensemble.Cli.Commands;

/// <summary>Reads how a run's trainings went.</summary>
internal static class RunCurves
{
    /// <summary>The trainings that have ended an epoch: teachers in their order, the student alone, the student distilled.</summary>
    /// <exception cref="DataFaultException">A log is damaged.</exception>
    public static IReadOnlyList<TrainingCurve> Read(RunFolder run)
    {
        var teachers = Enumerable.Range(0, int.MaxValue).Select(run.TeacherPath).TakeWhile(Directory.Exists).Select(folder => ("teachers", ModelRole.Teacher, folder));
        return [.. teachers
            .Append(("student alone", ModelRole.Baseline, run.BaselinePath))
            .Append(("student distilled", ModelRole.Student, run.StudentPath))
            .Select(part => Read(part.Item1, part.Item2, part.Item3))
            .OfType<TrainingCurve>()];
    }

    private static TrainingCurve? Read(string name, ModelRole role, string folder)
    {
        var log = new MetricsLog(Path.Combine(folder, MetricsLog.FileName));
        return File.Exists(log.Path) && log.Read() is { Count: > 0 } entries ? new TrainingCurve { Name = name, Role = role, Entries = entries } : null;
    }
}
