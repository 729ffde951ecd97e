using Ensemble.Distillation;
using Ensemble.Measurement;
using Ensemble.Runs;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>Makes a sweep's table from the results of its runs.</summary>
/// <param name="sweep">The sweep's folder.</param>
/// <param name="recipe">Its recipe.</param>
/// <param name="manifest">Its sweep.json.</param>
/// <param name="objectives">The objectives by name.</param>
internal sealed class SweepGatherer(SweepFolder sweep, SweepRecipe recipe, RunManifest manifest, ObjectiveRegistry objectives)
{
    private const double SecondsPerHour = 3600;

    /// <summary>Gathers what there is.</summary>
    /// <param name="failures">Why runs failed, by name.</param>
    /// <param name="hourlyRate">Money for an hour of the device; null for none stated.</param>
    /// <param name="now">When, UTC.</param>
    /// <exception cref="DataFaultException">A file is damaged.</exception>
    public SweepResults Gather(IReadOnlyDictionary<string, string> failures, double? hourlyRate, DateTimeOffset now)
    {
        var done = new List<(SweepCell Cell, ResultsFile Results)>();
        var missing = new List<MissingRun>();
        foreach (var cell in SweepCells.Of(recipe))
        {
            if (!failures.ContainsKey(cell.Name) && ResultsOf(cell) is { } results)
            {
                done.Add((cell, results));
            }
            else
            {
                missing.Add(new MissingRun(cell.Name, failures.GetValueOrDefault(cell.Name) ?? HowFar(cell)));
            }
        }

        var teachers = TeacherRecords();
        return new SweepResults
        {
            Recipe = manifest.RecipeHash,
            Dataset = manifest.Dataset.Name,
            Hardware = manifest.Machine,
            Versions = manifest.Versions,
            CreatedUtc = now,
            Teachers = teachers,
            Rows =
            [
                .. done.GroupBy(run => (run.Cell.Recipe.Student, run.Cell.Recipe.Objective, run.Cell.Recipe.ObjectiveOptions.Temperature, run.Cell.Recipe.ObjectiveOptions.HardWeight))
                    .Select(group => Row([.. group], teachers.Count == 0 ? null : teachers[^1])),
            ],
            Missing = missing,
            Cost = Cost([.. done.Select(run => run.Results)], hourlyRate),
        };
    }

    // Results that another recipe left in the folder are none of this sweep's.
    private ResultsFile? ResultsOf(SweepCell cell)
    {
        var run = RunFolder.At(sweep.RunPath(cell.Name));
        if (!run.IsBegun || !File.Exists(run.ResultsPath))
        {
            return null;
        }

        var results = ResultsFile.Read(run.ResultsPath);
        return results.Recipe == RunManifest.Read(run.ManifestPath).RecipeHash ? results : null;
    }

    private string HowFar(SweepCell cell)
    {
        var path = sweep.RunPath(cell.Name);
        if (!RunFolder.IsOne(path))
        {
            return "not begun";
        }

        var stages = RunStatus.Read(path, objectives).Stages.Where(stage => stage.Key != StageKey.Export);
        return stages.FirstOrDefault(stage => stage.State != StageState.Done) is not { } open
            ? "to be measured again"
            : open.State == StageState.Begun && open.DoneParts is { } parts ? $"{open.Key}: {parts} of {open.AllParts}" : $"waits for {open.Key}";
    }

    private IReadOnlyList<ResultRecord> TeacherRecords() => new EnsembleFile(sweep.EnsemblePath).ReadRecords();

    private static SweepRow Row((SweepCell Cell, ResultsFile Results)[] runs, ResultRecord? ensemble)
    {
        var cell = runs[0].Cell.Recipe;
        var students = runs.Select(run => run.Results.Models.First(model => model.Role == ModelRole.Student)).ToArray();
        var baselines = runs.Select(run => run.Results.Models.First(model => model.Role == ModelRole.Baseline)).ToArray();
        var (student, baseline) = (Accuracy(students), Accuracy(baselines));
        // As in every run: an ensemble that a student heard more than is no measure of its gain.
        var isWholeEnsemble = cell.BroughtTeachers?.Any(teacher => teacher.IsAnswers) != true;
        return new SweepRow
        {
            Student = cell.Student,
            Objective = cell.Objective,
            Temperature = cell.ObjectiveOptions.Temperature,
            HardWeight = cell.ObjectiveOptions.HardWeight,
            Seeds = [.. runs.Select(run => run.Cell.Recipe.Seed)],
            Parameters = students[0].Parameters,
            MultiplyAdds = students[0].MultiplyAdds,
            Bytes = students[0].Bytes,
            BaselineAccuracy = baseline,
            StudentAccuracy = student,
            Gain = SeedMean.Of([.. students.Zip(baselines, (distilled, alone) => distilled.Accuracy - alone.Accuracy)]),
            GainKept = ensemble is not null && isWholeEnsemble ? GainKept.Measure(student.Mean, baseline.Mean, ensemble.Accuracy) : null,
            Agreement = students.All(model => model.Agreement.HasValue) ? students.Average(model => model.Agreement!.Value) : null,
            Latency = students.Any(model => model.Latency is null) ? null : new LatencyRecord
            {
                Batch1Milliseconds = Median(students.Select(model => model.Latency!.Batch1Milliseconds)),
                Batch128Milliseconds = Median(students.Select(model => model.Latency!.Batch128Milliseconds)),
            },
            StudentTrainSeconds = students.Average(model => model.TrainSeconds),
            BaselineTrainSeconds = baselines.Average(model => model.TrainSeconds),
        };
    }

    private SweepCost Cost(IReadOnlyList<ResultsFile> runs, double? hourlyRate)
    {
        var teachers = Enumerable.Range(0, recipe.TeacherCount).Select(sweep.Shared.TeacherPath).Where(folder => File.Exists(Path.Combine(folder, ModelFile.RecordName)))
            .Sum(folder => ModelFile.Read(folder).TrainSeconds);
        var softTargets = StageTimer.Read(sweep.Shared.SoftTargetsPath);
        var allBaselines = Trained(runs, ModelRole.Baseline).ToArray();
        var baselines = allBaselines.DistinctBy(model => model.WeightsSha256).Sum(model => model.TrainSeconds);
        var students = Trained(runs, ModelRole.Student).Sum(model => model.TrainSeconds);
        return new SweepCost
        {
            Total = CostRecord.Of(teachers + softTargets + baselines + students, hourlyRate),
            TeacherHours = teachers / SecondsPerHour,
            SoftTargetHours = softTargets / SecondsPerHour,
            BaselineHours = baselines / SecondsPerHour,
            StudentHours = students / SecondsPerHour,
            SavedHours = ((Math.Max(0, runs.Count - 1) * (teachers + softTargets)) + Math.Max(0, allBaselines.Sum(model => model.TrainSeconds) - baselines)) / SecondsPerHour,
        };
    }

    private static IEnumerable<ResultRecord> Trained(IEnumerable<ResultsFile> runs, ModelRole role) => runs.SelectMany(run => run.Models.Where(model => model.Role == role));

    private static SeedMean Accuracy(IEnumerable<ResultRecord> models) => SeedMean.Of([.. models.Select(model => model.Accuracy)]);

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }
}
