using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>What every stage of one run works with, in one process. Owns the images on the device.</summary>
internal sealed class RunContext : IDisposable
{
    private readonly Dictionary<AugmentationOptions, ResidentDataset> _resident = [];

    /// <summary>What to do.</summary>
    public required DistillationRecipe Recipe { get; init; }

    /// <summary>The images.</summary>
    public required DatasetSplits Splits { get; init; }

    /// <summary>Where the parts of the run lie.</summary>
    public required RunFolder Run { get; init; }

    /// <summary>Where to compute.</summary>
    public required torch.Device Device { get; init; }

    /// <summary>The machine.</summary>
    public required MachineInfo Machine { get; init; }

    /// <summary>Mean and deviation of the training images.</summary>
    public required ChannelStatistics Normalisation { get; init; }

    /// <summary>The architectures by name.</summary>
    public required ModelRegistry Models { get; init; }

    /// <summary>The teachers that the run does not train; this owns them.</summary>
    public required BroughtTeachers Brought { get; init; }

    /// <summary>What the student minimises.</summary>
    public required IObjective Objective { get; init; }

    /// <summary>What changes no weights.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>Tells the time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Watches.</summary>
    public required IPipelineObserver Observer { get; init; }

    /// <summary>Stops between two steps.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>Whether the student learns from networks whose answers are stored.</summary>
    public bool NeedsSoftTargets =>
        Objective.NeedsTeachers && StageKey.StoresAnswers(Recipe);

    /// <summary>The run's stages, by key, in order.</summary>
    public IReadOnlyList<string> Stages => StageKey.Of(Recipe, NeedsSoftTargets);

    /// <summary>The teachers that are trained, in order.</summary>
    public IReadOnlyList<StagePlan> Teachers =>
    [
        .. Enumerable.Range(0, Recipe.TeacherCount).Select(index => new StagePlan(
            $"teacher {index + 1} of {Recipe.TeacherCount}", StageKey.Teacher(index), Recipe.Teacher!, ModelRole.Teacher, Run.TeacherPath(index), Recipe.TeacherTraining!, index)),
    ];

    /// <summary>The student's network without teachers.</summary>
    public StagePlan Baseline => new("baseline", StageKey.Baseline, Recipe.Student, ModelRole.Baseline, Run.BaselinePath, Recipe.BaselineTraining ?? Recipe.StudentTraining, 0);

    /// <summary>The student.</summary>
    public StagePlan Student => new("student", StageKey.Student, Recipe.Student, ModelRole.Student, Run.StudentPath, Recipe.StudentTraining, 0);

    /// <summary>The training images on the device; this owns them.</summary>
    /// <param name="augmentation">How they vary.</param>
    public ResidentDataset Train(AugmentationOptions augmentation)
    {
        if (!_resident.TryGetValue(augmentation, out var resident))
        {
            resident = new ResidentDataset(Splits.Train, Normalisation, augmentation, Device);
            _resident.Add(augmentation, resident);
        }

        return resident;
    }

    /// <summary>The arithmetic of a network's layers.</summary>
    public Precision PrecisionOf(TrainingOptions options) => Autocast.Resolve(options.Precision, Device, Machine.HasBfloat16);

    /// <summary>What an observer is told of a stage.</summary>
    /// <param name="key">The stage's key.</param>
    /// <param name="name">Its name for a person.</param>
    /// <param name="detail">The architecture, or what is evaluated.</param>
    public PipelineStage Describe(string key, string name, string detail)
    {
        var stages = Stages;
        return new PipelineStage(name, detail, stages.Index().First(stage => stage.Item == key).Index, stages.Count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Brought.Dispose();
        foreach (var resident in _resident.Values)
        {
            resident.Dispose();
        }
    }
}
