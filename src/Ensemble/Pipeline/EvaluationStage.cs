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

    /// <summary>Measures, unless results.json and the answers are there and are of these weights; or does the part that is asked for.</summary>
    public void Do()
    {
        var stage = context.Describe(StageKey.Evaluation, "evaluation", TestPass.Detail(context));
        context.Observer.StageStarted(stage);
        var watch = Stopwatch.StartNew();
        var wasDone = Complete(watch);
        context.Observer.StageFinished(stage, wasDone ? 0 : watch.Elapsed.TotalSeconds, wasDone);
    }

    private bool Complete(Stopwatch watch)
    {
        var hasResults = HasResults();
        if (hasResults && HasAnswers())
        {
            if (context.Settings.Shard is null)
            {
                // What a process left that was killed between its results and this.
                new EvaluationParts(context.Run.EvaluationPath).Delete();
            }

            return true;
        }

        RequireTheStudentsTeachers();
        // The teachers of a sweep are measured once for every run of it, and paid there.
        var networks = context.Sweep is null ? members.NetworkIdentities : [];
        var pass = new TestPass(context, context.Run.EvaluationPath, [.. networks, .. Students.Select(plan => TrainingStage.Require(plan).WeightsSha256)]);
        if (context.Settings.Shard is { } shard)
        {
            return pass.DoPart(shard, Load);
        }

        Measure(pass, hasResults);
        pass.End(watch.Elapsed.TotalSeconds);
        return false;
    }

    // The teachers first, as in the results.
    private void Load(List<TrainedModel> models)
    {
        models.AddRange(context.Sweep is null ? members.Load() : []);
        models.AddRange(Students.Select(training.Load));
    }

    private void Measure(TestPass pass, bool hasResults)
    {
        var models = new List<TrainedModel>();
        try
        {
            Load(models);
            TrainedModel[] teachers = [.. models.SkipLast(Students.Count)], students = [.. models.TakeLast(Students.Count)];
            var measured = context.Sweep is { } sweep && members.NetworkIdentities.Count > 0 ? new EnsembleFile(sweep.EnsemblePath).Read(context, members) : null;
            var answers = pass.Answers(models);
            var ensemble = teachers.Length == 0 ? measured : new EnsembleMeter(context, members).Measure(teachers, answers[..teachers.Length]);
            var table = new ResultTable(context);
            var asked = table.Gather(students, answers[teachers.Length..], ensemble);
            asked.ToFile(manifest.RecipeHash, context.Splits.Test, context.Recipe.ObjectiveOptions.Temperature).Write(context.Run.AnswersPath);
            // A run of an older version lacks its answers only: its results stay as they are.
            if (!hasResults)
            {
                var trainSeconds = students.Sum(model => model.TrainSeconds) + teachers.Where(teacher => teacher.IsOwned).Sum(teacher => teacher.TrainSeconds);
                Measure(table, asked, trainSeconds).Write(context.Run.ResultsPath);
            }
        }
        finally
        {
            models.Where(model => model.IsOwned).ToList().ForEach(model => model.Network.Dispose());
        }
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
