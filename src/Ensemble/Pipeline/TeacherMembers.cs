using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Teachers;
using Ensemble.Teachers.External;

namespace Ensemble.Pipeline;

/// <summary>The ensemble of a run: the teachers that it trained, then those that were brought along.</summary>
/// <param name="context">The run.</param>
/// <param name="training">Reads the trained ones.</param>
internal sealed class TeacherMembers(RunContext context, TrainingStage training)
{
    /// <summary>What the networks' answers depend on, a hash each.</summary>
    public IReadOnlyList<string> NetworkIdentities =>
        [.. context.Teachers.Select(plan => TrainingStage.Require(plan).WeightsSha256), .. context.Brought.Models.Select(model => model.Identity)];

    /// <summary>The same of every member, those that can only be asked last.</summary>
    public IReadOnlyList<string> Identities => [.. NetworkIdentities, .. context.Brought.Answers.Select(answers => answers.Checksum)];

    /// <summary>The SHA-256 of the networks' weights.</summary>
    public IReadOnlyList<string> WeightsSha256 =>
        [.. context.Teachers.Select(plan => TrainingStage.Require(plan).WeightsSha256), .. context.Brought.Models.Select(model => model.WeightsSha256)];

    /// <summary>Loads the members that have networks.</summary>
    /// <returns>The members; the caller disposes the networks that it owns.</returns>
    public IReadOnlyList<TrainedModel> Load()
    {
        var trained = context.Teachers.Select(training.Load).ToArray();
        return [.. trained, .. context.Brought.Models.Select((model, place) => Describe(model, context.Splits.Train.Shape, $"teacher {context.Recipe.TeacherCount + place + 1}"))];
    }

    /// <summary>The members' weights in their average.</summary>
    /// <param name="networks">The members that have networks.</param>
    /// <returns>A weight each, fitted on the validation images; null for equal ones.</returns>
    public IReadOnlyList<double>? FitWeights(IReadOnlyList<TrainedModel> networks)
    {
        if (context.Recipe.ObjectiveOptions.Averaging != Averaging.Fitted)
        {
            return null;
        }

        var validation = context.Splits.Validation!;
        using var resident = new ResidentDataset(validation, context.Normalisation, AugmentationOptions.None, context.Device);
        var answers = networks.Select(member => Evaluator.Run(member.Network, resident).Values).ToArray();
        return FittedWeights.Fit(answers, validation.ClassCount, validation.Labels.Span).Weights;
    }

    /// <summary>What the results tell of a model that was brought along.</summary>
    /// <param name="model">The model; whoever read it keeps owning its network.</param>
    /// <param name="shape">The images' shape.</param>
    /// <param name="name">Its name in the results.</param>
    public static TrainedModel Describe(BroughtModel model, ImageShape shape, string name)
    {
        var cost = ModelCost.Measure(model.Network, shape);
        var weights = Directory.Exists(model.Source) ? Path.Combine(model.Source, ModelFile.WeightsName) : model.Source;
        return new TrainedModel
        {
            Name = name,
            Role = ModelRole.Teacher,
            Architecture = model.Architecture,
            Parameters = cost.Parameters,
            MultiplyAdds = cost.MultiplyAdds,
            Bytes = FileLength.Of(weights),
            TrainSeconds = model.Record?.TrainSeconds ?? 0,
            WeightsSha256 = model.WeightsSha256,
            Network = model.Network,
            IsOwned = false,
        };
    }
}
