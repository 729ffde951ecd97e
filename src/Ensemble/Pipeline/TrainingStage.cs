using Ensemble.Acceleration;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>Trains one network of a run, unless that is done.</summary>
/// <param name="context">The run.</param>
internal sealed class TrainingStage(RunContext context)
{
    /// <summary>Trains the network, from its checkpoint if there is one, and writes it to its folder.</summary>
    /// <param name="plan">Which, where and how.</param>
    /// <param name="objective">What it minimises.</param>
    /// <param name="members">The SHA-256 of the weights of the teachers that it learns from; none without teachers.</param>
    /// <param name="openTeacher">Opens what answers for them; asked only if there is something to train.</param>
    public void Do(StagePlan plan, IObjective objective, IReadOnlyList<string> members, Func<ITeacher>? openTeacher)
    {
        var stage = context.Describe(plan.Key, plan.Name, plan.Architecture);
        context.Observer.StageStarted(stage);
        var options = Options(plan);
        var training = Training;
        var hash = training.HashOf(plan.Architecture, options, objective, context.Recipe.ObjectiveOptions, members);
        if (ModelFile.IsFinished(plan.Folder, hash) || (plan.Role == ModelRole.Baseline && context.Sweep?.CopyBaseline(hash, plan.Folder) == true))
        {
            context.Observer.StageFinished(stage, 0, wasDone: true);
            return;
        }

        var log = new StageLog(stage, plan.Folder, context.Observer, context.Clock);
        var seconds = training.Do(plan.Folder, plan.Architecture, options, hash, objective, members, openTeacher, prepare: null, _ => log, context.CancellationToken);
        context.Observer.StageFinished(stage, seconds, wasDone: false);
    }

    /// <summary>Reads a network that was trained.</summary>
    /// <returns>The network, on the device; the caller disposes it.</returns>
    /// <exception cref="DataFaultException">It was not trained, or its files are damaged or of other data.</exception>
    public TrainedModel Load(StagePlan plan)
    {
        var record = Require(plan);
        var network = context.Models.Create(plan.Architecture, context.Splits.Train.Shape, context.Splits.Train.ClassCount, seed: 0);
        try
        {
            StateTensors.Import(network, ModelFile.ReadWeights(plan.Folder), Path.Combine(plan.Folder, ModelFile.WeightsName));
            network.to(context.Device);
            ChannelsLast.ConvertWeights(network);
            return new TrainedModel
            {
                Name = plan.Role == ModelRole.Teacher ? $"teacher {plan.Index + 1}" : plan.Name,
                Role = plan.Role,
                Architecture = plan.Architecture,
                Parameters = record.Parameters,
                MultiplyAdds = record.MultiplyAdds,
                Bytes = FileLength.Of(Path.Combine(plan.Folder, ModelFile.WeightsName)),
                TrainSeconds = record.TrainSeconds,
                WeightsSha256 = record.WeightsSha256,
                Network = network,
                IsOwned = true,
            };
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The record of a network that must have been trained.</summary>
    /// <exception cref="DataFaultException">It was not.</exception>
    public static ModelRecord Require(StagePlan plan) => File.Exists(Path.Combine(plan.Folder, ModelFile.RecordName))
        ? ModelFile.Read(plan.Folder)
        : throw new DataFaultException(plan.Folder, $"{plan.Name}, trained", "no model.json", $"do the stage {plan.Key} first");

    private TrainingOptions Options(StagePlan plan) =>
        plan.Seeded(context.Recipe) with { Precision = context.PrecisionOf(plan.Training) };

    private NetworkTraining Training => new()
    {
        Images = context.Splits.Train,
        Normalisation = context.Normalisation,
        Resident = context.Data.Train,
        Models = context.Models,
        Device = context.Device,
        Machine = context.Machine,
        CheckpointInterval = context.Settings.CheckpointInterval,
    };
}
