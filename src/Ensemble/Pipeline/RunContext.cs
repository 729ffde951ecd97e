using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Runs;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>What every stage of one run works with, in one process.</summary>
internal sealed record RunContext : IDisposable
{
    /// <summary>The images, which runs in one process can share.</summary>
    public required LoadedData Data { get; init; }

    /// <summary>Reads the teachers that the run does not train.</summary>
    public required LateTeachers Teaching { get; init; }

    /// <summary>Whether images and teachers end with this, and no other run has them.</summary>
    public bool OwnsParts { get; init; }

    /// <summary>The teachers that the run does not train.</summary>
    /// <exception cref="EnsembleException">A file is missing or damaged, or is of other images or classes.</exception>
    public BroughtTeachers Brought => Teaching.Value;

    /// <summary>What to do.</summary>
    public required DistillationRecipe Recipe { get; init; }

    /// <summary>Where the parts of the run lie.</summary>
    public required RunFolder Run { get; init; }

    /// <summary>The sweep that the run is a part of; null for a run of its own.</summary>
    public SweepFolder? Sweep { get; init; }

    /// <summary>What its stages are called among those of a sweep; null where they stand alone.</summary>
    public StageNumbering? Numbering { get; init; }

    /// <summary>The architectures by name.</summary>
    public required ModelRegistry Models { get; init; }

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

    /// <summary>The data set.</summary>
    public DatasetSplits Splits => Data.Splits;

    /// <summary>Where to compute.</summary>
    public torch.Device Device => Data.Device;

    /// <summary>The machine.</summary>
    public MachineInfo Machine => Data.Machine;

    /// <summary>Mean and deviation of the training images.</summary>
    public ChannelStatistics Normalisation => Data.Normalisation;

    /// <summary>Where the teachers' answers are stored: with the sweep, if the run is a part of one.</summary>
    public string SoftTargetsPath => Sweep?.Shared.SoftTargetsPath ?? Run.SoftTargetsPath;

    /// <summary>Whether the student learns from networks whose answers are stored.</summary>
    public bool NeedsSoftTargets =>
        Objective.NeedsTeachers && StageKey.StoresAnswers(Recipe);

    /// <summary>The run's stages, by key, in order.</summary>
    public IReadOnlyList<string> Stages => StageKey.Of(Recipe, NeedsSoftTargets, Settings.Export is not null);

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

    /// <summary>The arithmetic of a network's layers.</summary>
    public Precision PrecisionOf(TrainingOptions options) => Autocast.Resolve(options.Precision, Device, Machine.HasBfloat16);

    /// <summary>Measures networks on a split.</summary>
    public ModelRecorder Recorder(ImageDataset split) => new(split, Normalisation, Device, Settings.HourlyRate);

    /// <summary>What an observer is told of a stage.</summary>
    /// <param name="key">The stage's key.</param>
    /// <param name="name">Its name for a person.</param>
    /// <param name="detail">The architecture, or what is evaluated.</param>
    public PipelineStage Describe(string key, string name, string detail)
    {
        if (Numbering is { } numbering)
        {
            return numbering.Describe(key, name, detail);
        }

        var stages = Stages;
        return new PipelineStage(name, detail, stages.Index().First(stage => stage.Item == key).Index, stages.Count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (OwnsParts)
        {
            Teaching.Dispose();
            Data.Dispose();
        }
    }
}
