using System.Diagnostics;
using Ensemble.Runs;

namespace Ensemble.Pipeline;

/// <summary>Measures every model of a run on the test images, and writes what they answer and results.json.</summary>
/// <param name="context">The run.</param>
/// <param name="training">Reads the models.</param>
/// <param name="members">The teachers.</param>
/// <param name="manifest">The run's run.json.</param>
internal sealed class EvaluationStage(RunContext context, TrainingStage training, TeacherMembers members, RunManifest manifest)
{
    // After the teachers.
    private IReadOnlyList<StagePlan> Students => context.Recipe.HasTeachers ? [context.Baseline, context.Student] : [context.Baseline];

    /// <summary>Measures, unless results.json and the answers are there and are of these weights.</summary>
    public void Do()
    {
        var stage = context.Describe(StageKey.Evaluation, "evaluation", $"{context.Splits.Test.Count} test images");
        context.Observer.StageStarted(stage);
        var hasResults = HasResults();
        if (hasResults && HasAnswers())
        {
            context.Observer.StageFinished(stage, 0, wasDone: true);
            return;
        }

        RequireTheStudentsTeachers();
        var watch = Stopwatch.StartNew();
        var models = new List<TrainedModel>();
        try
        {
            models.AddRange(Students.Select(training.Load));
            var trainSeconds = models.Sum(model => model.TrainSeconds);
            EnsembleMeasurement? ensemble;
            if (context.Sweep is { } sweep)
            {
                // Measured once for every run of the sweep, and paid there.
                ensemble = members.NetworkIdentities.Count == 0 ? null : new EnsembleFile(sweep.EnsemblePath).Read(context, members);
            }
            else
            {
                var teachers = members.Load();
                models.AddRange(teachers);
                trainSeconds += teachers.Where(teacher => teacher.IsOwned).Sum(teacher => teacher.TrainSeconds);
                ensemble = teachers.Count == 0 ? null : new EnsembleMeter(context, members).Measure(teachers);
            }

            var table = new ResultTable(context);
            var asked = table.Ask([.. models.Take(Students.Count)], ensemble);
            asked.ToFile(manifest.RecipeHash, context.Splits.Test, context.Recipe.ObjectiveOptions.Temperature).Write(context.Run.AnswersPath);
            // A run of an older version lacks its answers only: its results stay as they are.
            if (!hasResults)
            {
                Measure(table, asked, trainSeconds).Write(context.Run.ResultsPath);
            }
        }
        finally
        {
            models.Where(model => model.IsOwned).ToList().ForEach(model => model.Network.Dispose());
        }

        context.Observer.StageFinished(stage, watch.Elapsed.TotalSeconds, wasDone: false);
    }

    // A teacher that was trained again after the student is one that the student never heard.
    private void RequireTheStudentsTeachers()
    {
        var here = members.Identities;
        if (here.Count == 0 || TrainingStage.Require(context.Student).Teachers is not { Count: > 0 } taught || taught.SequenceEqual(here))
        {
            return;
        }

        throw new DataFaultException(
            context.Student.Folder, "a student of the teachers that are here", "one of others", $"do the stages {StageKey.SoftTargets} and {StageKey.Student} again");
    }

    private ResultsFile Measure(ResultTable table, TestAnswers asked, double trainSeconds)
    {
        var softTargetSeconds = context.NeedsSoftTargets && context.Sweep is null ? StageTimer.Read(context.SoftTargetsPath) : 0;
        return new ResultsFile
        {
            Recipe = manifest.RecipeHash,
            Dataset = manifest.Dataset.Name,
            Seed = context.Recipe.Seed,
            Hardware = context.Machine,
            Versions = manifest.Versions,
            CreatedUtc = context.Clock.GetUtcNow(),
            Cost = CostRecord.Of(trainSeconds + softTargetSeconds, context.Settings.HourlyRate),
            EnsembleCurve = asked.Teachers?.Curve,
            Models = table.Measure(asked),
        };
    }

    // A rate that is stated now and was not then, or another, asks for new results.
    private bool HasResults()
    {
        if (!File.Exists(context.Run.ResultsPath))
        {
            return false;
        }

        try
        {
            var results = ResultsFile.Read(context.Run.ResultsPath);
            var measured = results.Models.Where(model => model.Role != ModelRole.Ensemble).Select(model => model.WeightsSha256);
            return results.Recipe == manifest.RecipeHash
                && (context.Settings.HourlyRate is null || results.Cost?.HourlyRate == context.Settings.HourlyRate)
                && measured.SequenceEqual(Weights());
        }
        catch (DataFaultException)
        {
            // Damaged results are results that are missing.
            return false;
        }
    }

    private bool HasAnswers()
    {
        if (!File.Exists(context.Run.AnswersPath))
        {
            return false;
        }

        try
        {
            var header = AnswersFile.Read(context.Run.AnswersPath).Header;
            return header.Recipe == manifest.RecipeHash && header.DataChecksum == context.Splits.Test.Checksum && header.Weights.SequenceEqual(Weights());
        }
        catch (DataFaultException)
        {
            return false;
        }
    }

    // Of every network, in the order of the results.
    private IEnumerable<string> Weights() => members.WeightsSha256.Concat(Students.Select(plan => TrainingStage.Require(plan).WeightsSha256));
}
