using System.Diagnostics;
using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Teachers;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>Does the stages of one run over one data set, and owns the networks that come out.</summary>
internal sealed class StageRunner : IDisposable
{
    private const int InitialisationCount = 5000;

    private readonly DistillationRecipe _recipe;
    private readonly DatasetSplits _splits;
    private readonly string _softTargetsFolder;
    private readonly torch.Device _device;
    private readonly MachineInfo _machine;
    private readonly ChannelStatistics _normalisation;
    private readonly ModelRegistry _models;
    private readonly IPipelineObserver _observer;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<AugmentationOptions, ResidentDataset> _resident = [];
    private readonly List<torch.nn.Module> _networks = [];
    private int _stage;

    public StageRunner(
        DistillationRecipe recipe,
        DatasetSplits splits,
        string softTargetsFolder,
        torch.Device device,
        MachineInfo machine,
        ModelRegistry models,
        IPipelineObserver observer,
        CancellationToken cancellationToken)
    {
        _recipe = recipe;
        _splits = splits;
        _softTargetsFolder = softTargetsFolder;
        _device = device;
        _machine = machine;
        _normalisation = ChannelStatistics.Measure(splits.Train);
        _models = models;
        _observer = observer;
        _cancellationToken = cancellationToken;
    }

    // Teachers, baseline, student, evaluation.
    private int StageCount => _recipe.TeacherCount + 3;

    /// <summary>Trains a network, or reads it where an earlier call has.</summary>
    /// <param name="plan">Which, where and how.</param>
    /// <param name="objective">What it minimises.</param>
    /// <param name="members">The teachers that the objective may need.</param>
    public TrainedModel Train(StagePlan plan, IObjective objective, IReadOnlyList<TrainedModel> members)
    {
        var stage = new PipelineStage(plan.Name, plan.Architecture, _stage++, StageCount);
        _observer.StageStarted(stage);
        var seed = new RandomStream(_recipe.Seed, plan.Role == ModelRole.Teacher ? "pipeline/teacher" : "pipeline/student", 0, (ulong)plan.Index).NextUInt32();
        var options = plan.Training with { Seed = seed, Precision = PrecisionOf(plan), Views = plan.Training.Views with { Seed = ViewSeed(plan, seed) } };
        var hash = HashOf(plan, objective, options, members);
        var network = _models.Create(plan.Architecture, _splits.Train.Shape, _splits.Train.ClassCount, seed);
        _networks.Add(network);
        var wasDone = ModelFile.IsFinished(plan.Folder, hash);
        var record = wasDone ? Load(network, plan.Folder) : Train(stage, plan, network, objective, members, options, hash);
        _observer.StageFinished(stage, wasDone ? 0 : record.TrainSeconds, wasDone);
        return new TrainedModel(plan, record, network);
    }

    /// <summary>Measures every model, and the ensemble of the teachers, on the test split.</summary>
    public IReadOnlyList<ResultRecord> Evaluate(IReadOnlyList<TrainedModel> models)
    {
        var stage = new PipelineStage("evaluation", $"{_splits.Test.Count} test images", _stage++, StageCount);
        _observer.StageStarted(stage);
        var watch = Stopwatch.StartNew();
        using var test = new ResidentDataset(_splits.Test, _normalisation, AugmentationOptions.None, _device);
        var records = new ResultTable(_splits.Test, _recipe.ObjectiveOptions.Averaging, _device).Measure(models, test);
        _observer.StageFinished(stage, watch.Elapsed.TotalSeconds, false);
        return records;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var resident in _resident.Values)
        {
            resident.Dispose();
        }

        _networks.ForEach(network => network.Dispose());
    }

    private void InitialiseFromData(torch.nn.Module network)
    {
        if (network is not IDataInitialised initialised)
        {
            return;
        }

        using var images = Resident(AugmentationOptions.None).Gather([.. Enumerable.Range(0, Math.Min(InitialisationCount, _splits.Train.Count))]);
        initialised.InitialiseFrom(images.Images);
    }

    // Views that are counted are one set for the whole run, so that one store of soft targets serves every student.
    private ulong ViewSeed(StagePlan plan, ulong seed) =>
        plan.Training.Views.Count == 0 ? seed : new RandomStream(_recipe.Seed, "pipeline/views").NextUInt32();

    private Precision PrecisionOf(StagePlan plan) => Autocast.Resolve(plan.Training.Precision, _device, _machine.HasBfloat16);

    private ModelRecord Train(
        PipelineStage stage,
        StagePlan plan,
        torch.nn.Module<torch.Tensor, torch.Tensor> network,
        IObjective objective,
        IReadOnlyList<TrainedModel> members,
        TrainingOptions options,
        string hash)
    {
        network.to(_device);
        InitialiseFromData(network);
        ChannelsLast.ConvertWeights(network);
        Directory.CreateDirectory(plan.Folder);
        var metrics = new MetricsLog(Path.Combine(plan.Folder, "metrics.jsonl"));
        metrics.TruncateAfter(-1);
        var images = Resident(options.Augmentation);
        var teacher = objective.NeedsTeachers ? Teacher(members, images, options) : null;
        using var stored = teacher as SoftTargetStore;
        var seconds = Trainer.Train(network, images, objective, teacher, options, new StageProgress(stage, _observer, metrics), _cancellationToken);
        return ModelFile.Write(plan.Folder, Describe(plan, network, options, seconds, hash), StateTensors.Export(network));
    }

    // With a number of views the members answer each view once, for every student; else they answer every batch anew.
    private ITeacher Teacher(IReadOnlyList<TrainedModel> members, ResidentDataset images, TrainingOptions options)
    {
        var ensemble = new TeacherEnsemble([.. members.Select(member => member.Network)], options.Precision);
        if (options.Views.Count == 0)
        {
            return ensemble;
        }

        var header = new SoftTargetHeader
        {
            Teachers = [.. members.Select(member => member.Record.WeightsSha256)],
            Data = _splits.Train.Checksum,
            ViewRecipe = CanonicalJson.Hash(new { options.Augmentation, options.Views.Seed, _normalisation, options.Precision, Device = _device.type.ToString() }),
            View = 0,
            Samples = _splits.Train.Count,
            Classes = _splits.Train.ClassCount,
        };
        return SoftTargetStore.Complete(_softTargetsFolder, header, options.Views, ensemble, images, _cancellationToken);
    }

    private ModelRecord Load(torch.nn.Module<torch.Tensor, torch.Tensor> network, string folder)
    {
        StateTensors.Import(network, ModelFile.ReadWeights(folder), Path.Combine(folder, ModelFile.WeightsName));
        network.to(_device);
        ChannelsLast.ConvertWeights(network);
        return ModelFile.Read(folder);
    }

    private ModelRecord Describe(StagePlan plan, torch.nn.Module<torch.Tensor, torch.Tensor> network, TrainingOptions options, double seconds, string hash)
    {
        var shape = _splits.Train.Shape;
        var cost = ModelCost.Measure(network, shape);
        return new ModelRecord
        {
            Architecture = plan.Architecture,
            Parameters = cost.Parameters,
            MultiplyAdds = cost.MultiplyAdds,
            ClassNames = _splits.Train.ClassNames,
            InputShape = new ModelInputShape { Channels = shape.Channels, Height = shape.Height, Width = shape.Width },
            Mean = _normalisation.Mean,
            Std = _normalisation.StandardDeviation,
            TrainSeconds = seconds,
            Epochs = options.Epochs,
            Seed = options.Seed,
            RecipeHash = hash,
        };
    }

    // What determines the weights: nothing else may be in here, or a finished stage would be done again for nothing.
    private string HashOf(StagePlan plan, IObjective objective, TrainingOptions options, IReadOnlyList<TrainedModel> members) => CanonicalJson.Hash(new
    {
        Data = _splits.Train.Checksum,
        plan.Architecture,
        Training = options,
        Objective = objective.Name,
        ObjectiveOptions = objective.NeedsTeachers ? _recipe.ObjectiveOptions : null,
        Teachers = objective.NeedsTeachers ? members.Select(member => member.Record.WeightsSha256).ToArray() : [],
        Device = _device.type.ToString(),
    });

    private ResidentDataset Resident(AugmentationOptions augmentation)
    {
        if (!_resident.TryGetValue(augmentation, out var resident))
        {
            resident = new ResidentDataset(_splits.Train, _normalisation, augmentation, _device);
            _resident.Add(augmentation, resident);
        }

        return resident;
    }

    private sealed class StageProgress(PipelineStage stage, IPipelineObserver observer, MetricsLog metrics) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            observer.Training(stage, value);
            if (!value.EndsEpoch)
            {
                return;
            }

            metrics.Append(new MetricsEntry
            {
                Epoch = value.Epoch,
                Step = value.Step,
                Losses = new Dictionary<string, double>(value.Losses),
                LearningRate = value.LearningRate,
                ImagesPerSecond = value.ImagesPerSecond,
                Seconds = value.ElapsedSeconds,
            });
        }
    }
}
