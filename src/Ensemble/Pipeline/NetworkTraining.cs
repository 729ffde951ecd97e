using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>Trains networks on one set of images, each in a folder of its own, unless that is done.</summary>
internal sealed class NetworkTraining
{
    private const int InitialisationCount = 5000;

    /// <summary>The training images.</summary>
    public required ImageDataset Images { get; init; }

    /// <summary>How they are normalised.</summary>
    public required ChannelStatistics Normalisation { get; init; }

    /// <summary>The images on the device, varied as asked; whoever made this owns them.</summary>
    public required Func<AugmentationOptions, ResidentDataset> Resident { get; init; }

    /// <summary>The architectures by name.</summary>
    public required ModelRegistry Models { get; init; }

    /// <summary>Where to compute.</summary>
    public required torch.Device Device { get; init; }

    /// <summary>The machine.</summary>
    public required MachineInfo Machine { get; init; }

    /// <summary>The time between two checkpoints.</summary>
    public required TimeSpan CheckpointInterval { get; init; }

    /// <summary>Trains a network, from its checkpoint if there is one, and writes it to its folder.</summary>
    /// <param name="folder">The network's folder.</param>
    /// <param name="architecture">As registered.</param>
    /// <param name="options">How; with its seeds, and its precision resolved.</param>
    /// <param name="hash">What determines the weights; see <see cref="HashOf"/>.</param>
    /// <param name="objective">What it minimises.</param>
    /// <param name="members">The identities of the teachers that it learns from; none without teachers.</param>
    /// <param name="openTeacher">Opens what answers for them.</param>
    /// <param name="prepare">Changes the fresh weights before the first step; null for nothing.</param>
    /// <param name="watch">Makes what is told of the training of the network that it is given.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>Seconds of training, those before a resumption included.</returns>
    public double Do(
        string folder,
        string architecture,
        TrainingOptions options,
        string hash,
        IObjective objective,
        IReadOnlyList<string> members,
        Func<ITeacher>? openTeacher,
        Action<torch.nn.Module>? prepare,
        Func<torch.nn.Module<torch.Tensor, torch.Tensor>, IProgress<TrainingProgress>> watch,
        CancellationToken cancellationToken)
    {
        using var network = Models.Create(architecture, Images.Shape, Images.ClassCount, options.Seed);
        network.to(Device);
        InitialiseFromData(network);
        prepare?.Invoke(network);
        ChannelsLast.ConvertWeights(network);
        var checkpoint = new CheckpointFile(Path.Combine(folder, CheckpointFile.FileName), hash, CheckpointInterval);
        var teacher = openTeacher?.Invoke();
        using var owned = teacher as IDisposable;
        var seconds = Trainer.Train(network, Resident(options.Augmentation), objective, teacher, options, watch(network), checkpoint, cancellationToken);
        ModelFile.Write(folder, Describe(architecture, network, options, seconds, hash) with { Teachers = objective.NeedsTeachers ? members : [] }, StateTensors.Export(network));
        checkpoint.Delete();
        return seconds;
    }

    /// <summary>The hash of what determines a network's weights: nothing else may be in it, or a finished one would be trained again for nothing.</summary>
    /// <param name="architecture">As registered.</param>
    /// <param name="options">With seeds, and precision resolved.</param>
    /// <param name="objective">What it minimises.</param>
    /// <param name="objectiveOptions">What the objective was told; counts only where it needs teachers.</param>
    /// <param name="members">The teachers' identities; count only where the objective needs them.</param>
    public string HashOf(
        string architecture, TrainingOptions options, IObjective objective, ObjectiveOptions? objectiveOptions, IReadOnlyList<string> members) => CanonicalJson.Hash(new
        {
            Data = Images.Checksum,
            Architecture = architecture,
            Training = options,
            Objective = objective.Name,
            ObjectiveOptions = objective.NeedsTeachers ? objectiveOptions : null,
            Teachers = objective.NeedsTeachers ? members : [],
            Device = Device.type.ToString(),
        });

    private void InitialiseFromData(torch.nn.Module network)
    {
        if (network is not IDataInitialised initialised)
        {
            return;
        }

        var count = Math.Min(InitialisationCount, Images.Count);
        using var images = Resident(AugmentationOptions.None).Gather([.. Enumerable.Range(0, count)]);
        initialised.InitialiseFrom(images.Images);
    }

    private ModelRecord Describe(string architecture, torch.nn.Module<torch.Tensor, torch.Tensor> network, TrainingOptions options, double seconds, string hash)
    {
        var cost = ModelCost.Measure(network, Images.Shape);
        return new ModelRecord
        {
            Architecture = architecture,
            Parameters = cost.Parameters,
            MultiplyAdds = cost.MultiplyAdds,
            ClassNames = Images.ClassNames,
            InputShape = new ModelInputShape { Channels = Images.Shape.Channels, Height = Images.Shape.Height, Width = Images.Shape.Width },
            Mean = Normalisation.Mean,
            Std = Normalisation.StandardDeviation,
            TrainSeconds = seconds,
            Epochs = options.Epochs,
            Seed = options.Seed,
            RecipeHash = hash,
            DataChecksum = Images.Checksum,
            TrainedOn = new TrainingPlace
            {
                Device = Device.ToString(),
                Precision = options.Precision.ToString().ToLowerInvariant(),
                LibtorchVersion = Machine.LibtorchVersion,
                Threads = torch.get_num_threads(),
            },
        };
    }
}
