using System.Diagnostics;
using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Evaluation;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>
/// Networks in folders beside each other, trained on whatever images and taught by whichever of the others: what an
/// experiment is made of that is no run of one recipe. A network that is done is not trained again, and a training goes on
/// from its checkpoint. All take images normalised alike.
/// </summary>
public sealed class Workbench : IDisposable
{
    private readonly WorkbenchSettings _settings;
    private readonly ChannelStatistics _normalisation;
    private readonly FolderLock _lock;
    private readonly Dictionary<string, WorkbenchNetwork> _networks = [];
    private readonly ResidentImages _resident;

    /// <summary>Opens a workbench; one process works at it at a time.</summary>
    /// <param name="folder">Its folder, created if missing.</param>
    /// <param name="normalisation">How every network's images are normalised.</param>
    /// <param name="settings">What it works with.</param>
    /// <exception cref="MachineFaultException">Another process works at it, or the folder cannot be written.</exception>
    public Workbench(string folder, ChannelStatistics normalisation, WorkbenchSettings settings)
    {
        Folder = folder;
        _normalisation = normalisation;
        _settings = settings;
        _resident = new ResidentImages(normalisation, settings.Device);
        _lock = FolderLock.Acquire(folder);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The networks that were asked for so far, by key, in that order.</summary>
    public IReadOnlyList<WorkbenchNetwork> Networks => [.. _networks.Values];

    /// <summary>Trains a network on labels, unless that is done.</summary>
    /// <param name="key">Its name and folder, such as <c>small/seed-1</c>.</param>
    /// <param name="architecture">As registered.</param>
    /// <param name="images">The training images.</param>
    /// <param name="options">How, with its seeds.</param>
    /// <param name="probes">What it is measured on while it trains; null for nothing.</param>
    /// <param name="initial">Whose weights it begins with, where names and shapes are the same; null for fresh ones.</param>
    /// <exception cref="EnsembleException">A name is unknown, machine or files are at fault, or a loss is not finite.</exception>
    public WorkbenchNetwork Train(
        string key, string architecture, ImageDataset images, TrainingOptions options, IReadOnlyList<EpochProbe>? probes = null, InitialWeights? initial = null) =>
        Do(key, architecture, images, options, new HardLabels(options.LabelSmoothing), null, [], [], null, probes, initial);

    /// <summary>Trains a network on what others of the workbench answer, unless that is done.</summary>
    /// <param name="key">Its name and folder.</param>
    /// <param name="architecture">As registered.</param>
    /// <param name="images">The transfer set.</param>
    /// <param name="options">How, with its seeds; the teachers' answers are stored where its views are counted.</param>
    /// <param name="objective">What is minimised, as registered.</param>
    /// <param name="objectiveOptions">What the objective is told.</param>
    /// <param name="teachers">At least one.</param>
    /// <param name="probes">What it is measured on while it trains; null for nothing.</param>
    /// <exception cref="EnsembleException">A name is unknown, machine or files are at fault, or a loss is not finite.</exception>
    public WorkbenchNetwork Distil(
        string key,
        string architecture,
        ImageDataset images,
        TrainingOptions options,
        string objective,
        ObjectiveOptions objectiveOptions,
        IReadOnlyList<WorkbenchNetwork> teachers,
        IReadOnlyList<EpochProbe>? probes = null) =>
        Do(
            key,
            architecture,
            images,
            options,
            _settings.Objectives.Create(objective, objectiveOptions with { LabelSmoothing = options.LabelSmoothing }),
            objectiveOptions,
            [.. teachers.Select(teacher => teacher.Record.WeightsSha256)],
            [.. teachers.Select(teacher => teacher.Key)],
            () => new WorkbenchTeachers(Load, teachers, Resolve(options), Path.Combine(Folder, StageKey.SoftTargets)).Open(
                _resident.Of(images, options.Augmentation), images, _normalisation, options.Views, options.Augmentation, _settings.CancellationToken),
            probes);

    /// <summary>Trains a network on answers that come from elsewhere, unless that is done.</summary>
    /// <param name="key">Its name and folder.</param>
    /// <param name="architecture">As registered.</param>
    /// <param name="images">The transfer set.</param>
    /// <param name="options">How, with its seeds.</param>
    /// <param name="objective">What is minimised, as registered.</param>
    /// <param name="objectiveOptions">What the objective is told.</param>
    /// <param name="identity">What the answers depend on: other answers, another identity.</param>
    /// <param name="open">Gives the answers about the transfer set, which the caller owns; not asked where the network is done.</param>
    /// <exception cref="EnsembleException">A name is unknown, machine or files are at fault, or a loss is not finite.</exception>
    public WorkbenchNetwork DistilAnswers(
        string key, string architecture, ImageDataset images, TrainingOptions options, string objective, ObjectiveOptions objectiveOptions, string identity, Func<ITeacher> open) =>
        Do(
            key,
            architecture,
            images,
            options,
            _settings.Objectives.Create(objective, objectiveOptions with { LabelSmoothing = options.LabelSmoothing }),
            objectiveOptions,
            [identity],
            [identity],
            () => new BorrowedTeacher(open()),
            null);

    /// <summary>What a network answers about every image of a split, as the images are.</summary>
    /// <param name="network">A network of this workbench.</param>
    /// <param name="split">The images, of its shape.</param>
    public SplitLogits Ask(WorkbenchNetwork network, ImageDataset split)
    {
        using var loaded = Load(network);
        return Evaluator.Run(loaded, _resident.Of(split, AugmentationOptions.None));
    }

    /// <summary>What a network answers about one view of every image, in their order.</summary>
    /// <param name="network">A network of this workbench.</param>
    /// <param name="images">The images, of its shape.</param>
    /// <param name="options">How the images vary, with the seed of the views; computed in float32.</param>
    /// <param name="view">Which view, from 0.</param>
    public SplitLogits AskView(WorkbenchNetwork network, ImageDataset images, TrainingOptions options, int view)
    {
        using var loaded = Load(network);
        loaded.eval();
        using var guard = torch.no_grad();
        var resident = _resident.Of(images, options.Augmentation);
        var values = new List<float>();
        foreach (var indices in Enumerable.Range(0, images.Count).Chunk(InferenceBatch.SizeOn(resident.Device)))
        {
            _settings.CancellationToken.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            using var batch = resident.GatherViews(indices, options.Views.Seed, view);
            values.AddRange(loaded.call(batch.Images).to(torch.ScalarType.Float32).cpu().contiguous().data<float>().ToArray());
        }

        return new SplitLogits(values.ToArray(), network.Record.ClassNames.Count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _resident.Dispose();
        _lock.Dispose();
    }

    private WorkbenchNetwork Do(
        string key,
        string architecture,
        ImageDataset images,
        TrainingOptions asked,
        IObjective objective,
        ObjectiveOptions? objectiveOptions,
        IReadOnlyList<string> members,
        IReadOnlyList<string> teacherNames,
        Func<ITeacher>? openTeacher,
        IReadOnlyList<EpochProbe>? probes,
        InitialWeights? initial = null)
    {
        asked.Validate();
        var (folder, options, training) = (Path.Combine(Folder, key), asked with { Precision = Resolve(asked) }, TrainingOn(images));
        var stage = new PipelineStage(key, architecture, _networks.Count, _networks.Count + 1);
        var fresh = Hash(training, images, architecture, options, objective, objectiveOptions, members);
        var hash = initial is null ? fresh : CanonicalJson.Hash(new { Network = fresh, Initial = initial.Network.Record.WeightsSha256, initial.Classes });
        _settings.Observer.StageStarted(stage);
        var wasDone = ModelFile.IsFinished(folder, hash);
        var watch = Stopwatch.StartNew();
        if (!wasDone)
        {
            var log = new StageLog(stage, folder, _settings.Observer, _settings.Clock);
            training.Do(folder, architecture, options, hash, objective, members, openTeacher, initial is null ? null : initial.CopyTo, network => Watch(network, probes, folder, log), _settings.CancellationToken);
        }

        _settings.Observer.StageFinished(stage, wasDone ? 0 : watch.Elapsed.TotalSeconds, wasDone);
        var recipe = new NetworkRecipe
        {
            Architecture = architecture,
            Images = images.Count,
            ImagesChecksum = images.Checksum,
            Training = options,
            Objective = objective.Name,
            ObjectiveOptions = objective.NeedsTeachers ? objectiveOptions : null,
            Teachers = teacherNames,
            Initial = initial?.Network.Key,
            InitialClasses = initial?.Classes,
        };
        return _networks[key] = new WorkbenchNetwork(key, folder, ModelFile.Read(folder), recipe);
    }

    // As in a run where the images are normalised by themselves, so that a network of a run counts as done here.
    private string Hash(
        NetworkTraining training, ImageDataset images, string architecture, TrainingOptions options, IObjective objective, ObjectiveOptions? objectiveOptions, IReadOnlyList<string> members)
    {
        var own = training.HashOf(architecture, options, objective, objectiveOptions, members);
        return _normalisation.Equals(_resident.StatisticsOf(images)) ? own : CanonicalJson.Hash(new { Network = own, Normalisation = _normalisation });
    }

    private IProgress<TrainingProgress> Watch(
        torch.nn.Module<torch.Tensor, torch.Tensor> network, IReadOnlyList<EpochProbe>? probes, string folder, StageLog log) =>
        probes is null ? log : new ProbedTraining(network, [.. probes.Select(probe => (probe, _resident.Of(probe.Split, AugmentationOptions.None)))], folder, log);

    private Precision Resolve(TrainingOptions options) => Autocast.Resolve(options.Precision, _settings.Device, _settings.Machine.HasBfloat16);

    private NetworkTraining TrainingOn(ImageDataset images) => new()
    {
        Images = images,
        Normalisation = _normalisation,
        Resident = augmentation => _resident.Of(images, augmentation),
        Models = _settings.Models,
        Device = _settings.Device,
        Machine = _settings.Machine,
        CheckpointInterval = _settings.CheckpointInterval,
    };

    private torch.nn.Module<torch.Tensor, torch.Tensor> Load(WorkbenchNetwork found)
    {
        var shape = new ImageShape(found.Record.InputShape.Channels, found.Record.InputShape.Height, found.Record.InputShape.Width);
        var network = _settings.Models.Create(found.Record.Architecture, shape, found.Record.ClassNames.Count, seed: 0);
        try
        {
            StateTensors.Import(network, ModelFile.ReadWeights(found.Folder), Path.Combine(found.Folder, ModelFile.WeightsName));
            network.to(_settings.Device);
            ChannelsLast.ConvertWeights(network);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
