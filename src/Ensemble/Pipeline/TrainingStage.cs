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
    private const int InitialisationCount = 5000;

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
        var hash = HashOf(plan, objective, options, members);
        if (ModelFile.IsFinished(plan.Folder, hash) || (plan.Role == ModelRole.Baseline && context.Sweep?.CopyBaseline(hash, plan.Folder) == true))
        {
            context.Observer.StageFinished(stage, 0, wasDone: true);
            return;
        }

        using var network = context.Models.Create(plan.Architecture, context.Splits.Train.Shape, context.Splits.Train.ClassCount, options.Seed);
        network.to(context.Device);
        InitialiseFromData(network);
        ChannelsLast.ConvertWeights(network);
        var checkpoint = new CheckpointFile(Path.Combine(plan.Folder, CheckpointFile.FileName), hash, context.Settings.CheckpointInterval);
        var teacher = openTeacher?.Invoke();
        using var owned = teacher as IDisposable;
        var log = new StageLog(stage, plan.Folder, context.Observer, context.Clock);
        var seconds = Trainer.Train(network, context.Data.Train(options.Augmentation), objective, teacher, options, log, checkpoint, context.CancellationToken);
        ModelFile.Write(plan.Folder, Describe(plan, network, options, seconds, hash) with { Teachers = objective.NeedsTeachers ? members : [] }, StateTensors.Export(network));
        checkpoint.Delete();
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
                Bytes = new FileInfo(Path.Combine(plan.Folder, ModelFile.WeightsName)).Length,
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

    private void InitialiseFromData(torch.nn.Module network)
    {
        if (network is not IDataInitialised initialised)
        {
            return;
        }

        var count = Math.Min(InitialisationCount, context.Splits.Train.Count);
        using var images = context.Data.Train(Data.AugmentationOptions.None).Gather([.. Enumerable.Range(0, count)]);
        initialised.InitialiseFrom(images.Images);
    }

    private ModelRecord Describe(StagePlan plan, torch.nn.Module<torch.Tensor, torch.Tensor> network, TrainingOptions options, double seconds, string hash)
    {
        var train = context.Splits.Train;
        var cost = ModelCost.Measure(network, train.Shape);
        return new ModelRecord
        {
            Architecture = plan.Architecture,
            Parameters = cost.Parameters,
            MultiplyAdds = cost.MultiplyAdds,
            ClassNames = train.ClassNames,
            InputShape = new ModelInputShape { Channels = train.Shape.Channels, Height = train.Shape.Height, Width = train.Shape.Width },
            Mean = context.Normalisation.Mean,
            Std = context.Normalisation.StandardDeviation,
            TrainSeconds = seconds,
            Epochs = options.Epochs,
            Seed = options.Seed,
            RecipeHash = hash,
            DataChecksum = train.Checksum,
            TrainedOn = new TrainingPlace
            {
                Device = context.Device.ToString(),
                Precision = options.Precision.ToString().ToLowerInvariant(),
                LibtorchVersion = context.Machine.LibtorchVersion,
                Threads = torch.get_num_threads(),
            },
        };
    }

    // What determines the weights: nothing else may be in here, or a finished stage would be done again for nothing.
    private string HashOf(StagePlan plan, IObjective objective, TrainingOptions options, IReadOnlyList<string> members) => CanonicalJson.Hash(new
    {
        Data = context.Splits.Train.Checksum,
        plan.Architecture,
        Training = options,
        Objective = objective.Name,
        ObjectiveOptions = objective.NeedsTeachers ? context.Recipe.ObjectiveOptions : null,
        Teachers = objective.NeedsTeachers ? members : [],
        Device = context.Device.type.ToString(),
    });
}
