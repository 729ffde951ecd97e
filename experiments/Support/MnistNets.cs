using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Pipeline;
using Ensemble.Training;

namespace Ensemble.Experiments;

/// <summary>The nets that the MNIST experiments share; each is trained once.</summary>
public sealed class MnistNets
{
    /// <summary>Passes over the images of a net of 800 units a layer that soft targets for the images as they are teach, at full size.</summary>
    public const int StudentEpochs = 60;

    /// <summary>The same of one that labels teach.</summary>
    public const int HardEpochs = 30;

    private const int ChoiceEpochs = 10;

    private readonly Workbench _bench;
    private readonly bool _isQuick;

    /// <summary>Reads the data and opens the workbench.</summary>
    /// <param name="laboratory">Where.</param>
    public MnistNets(Laboratory laboratory)
    {
        _isQuick = laboratory.IsQuick;
        Data = laboratory.Load("mnist");
        _bench = laboratory.OpenBench("mnist", Data.Train);
        Held = Data.CarveValidation(_isQuick ? 100 : 10_000, seed: 1);
    }

    /// <summary>60,000 training and 10,000 test images.</summary>
    public DatasetSplits Data { get; }

    /// <summary>The same with 10,000 training images held out, to make choices on.</summary>
    public DatasetSplits Held { get; }

    /// <summary>The workbench.</summary>
    public Workbench Bench => _bench;

    /// <summary>The paper's large net: 784-1200-1200-10, dropout, max-norm, inputs jittered by up to 2 pixels; all training images.</summary>
    public WorkbenchNetwork Large()
    {
        var seed = Seeds.OfStudent(1);
        var options = RecipeDefaults.Training("mlp", AugmentationOptions.Jitter, _isQuick ? 30 : 300) with
        {
            BatchSize = _isQuick ? 50 : 256, LearningRate = _isQuick ? 0.05 : 0.1, MaxNorm = 2, WarmupShare = 0.03, Seed = seed, Views = new ViewOptions { Seed = seed },
        };
        return _bench.Train("large", _isQuick ? "mlp-64-64-dropout" : "mlp-1200-1200-dropout", Data.Train, options);
    }

    /// <summary>A member of the ensemble of CNNs.</summary>
    /// <param name="index">Which, from 0.</param>
    public WorkbenchNetwork Cnn(int index)
    {
        var seed = Seeds.OfTeacher(1, index);
        var options = RecipeDefaults.Training("cnn", AugmentationOptions.Jitter, Epochs(15)) with { BatchSize = _isQuick ? 50 : 128, Seed = seed, Views = new ViewOptions { Seed = seed } };
        return _bench.Train($"cnn/{index}", _isQuick ? "cnn-8-16" : "cnn-24-48-96", Data.Train, options);
    }

    /// <summary>A net of two hidden layers on hard labels, without regularisation.</summary>
    /// <param name="key">Its name at the workbench.</param>
    /// <param name="units">Units of a hidden layer.</param>
    /// <param name="images">The training images.</param>
    /// <param name="options">How.</param>
    /// <param name="probes">What it is measured on while it trains.</param>
    public WorkbenchNetwork Hard(string key, int units, ImageDataset images, TrainingOptions options, IReadOnlyList<EpochProbe>? probes = null) =>
        _bench.Train(key, Architecture(units), images, options, probes);

    /// <summary>The same net on soft targets alone.</summary>
    /// <param name="key">Its name at the workbench.</param>
    /// <param name="units">Units of a hidden layer.</param>
    /// <param name="images">The transfer set.</param>
    /// <param name="options">How.</param>
    /// <param name="temperature">T.</param>
    /// <param name="teachers">Whose answers.</param>
    /// <param name="probes">What it is measured on while it trains.</param>
    public WorkbenchNetwork Distilled(
        string key, int units, ImageDataset images, TrainingOptions options, double temperature, IReadOnlyList<WorkbenchNetwork> teachers, IReadOnlyList<EpochProbe>? probes = null) =>
        _bench.Distil(key, Architecture(units), images, options, "kd", new ObjectiveOptions { Temperature = temperature, HardWeight = 0 }, teachers, probes);

    /// <summary>How a small net is trained: the images as they are, each in one view.</summary>
    /// <param name="seed">The experiment's seed.</param>
    /// <param name="epochs">Passes over the images, at full size.</param>
    /// <param name="learningRate">The peak learning rate.</param>
    public TrainingOptions Small(ulong seed, int epochs, double learningRate = 0.05) => RecipeDefaults.Training("mlp", AugmentationOptions.None, Epochs(epochs)) with
    {
        BatchSize = _isQuick ? 50 : 128, LearningRate = learningRate, Seed = Seeds.OfStudent(seed),
    };

    /// <summary>The learning rate for soft targets at T = 20, chosen for a net of 800 units a layer.</summary>
    /// <param name="teacher">Whose answers; it has seen the images that the choice is made on.</param>
    public Choice SoftRate(WorkbenchNetwork teacher) =>
        Rate("learning rate for soft targets", "choice/soft", StudentEpochs, wereSeenByTeachers: true, (key, options) => Distilled(key, 800, Held.Train, options, 20, [teacher]));

    /// <summary>The learning rate for hard labels.</summary>
    public Choice HardRate() =>
        Rate("learning rate for hard labels", "choice/hard", ChoiceEpochs, wereSeenByTeachers: false, (key, options) => Hard(key, 800, Held.Train, options));

    /// <summary>A learning rate, chosen on the images held out.</summary>
    /// <param name="what">What it is for, for people.</param>
    /// <param name="key">Names the nets that are tried.</param>
    /// <param name="epochs">How long these are trained, at full size.</param>
    /// <param name="wereSeenByTeachers">Whether they have teachers that were trained on the images held out.</param>
    /// <param name="train">Trains one, of a name, as it is told, on none of the images held out.</param>
    public Choice Rate(string what, string key, int epochs, bool wereSeenByTeachers, Func<string, TrainingOptions, WorkbenchNetwork> train) =>
        Choose(what, key, epochs, Rates, wereSeenByTeachers, (tried, rate) => train(tried, Small(1, epochs, rate)));

    /// <summary>The temperature that a net of 800 units a layer learns best at, chosen likewise.</summary>
    /// <param name="what">What it is for, for people.</param>
    /// <param name="key">Names the nets that are tried.</param>
    /// <param name="teachers">Whose answers; they have seen the images that the choice is made on.</param>
    /// <param name="rate">The learning rate.</param>
    public Choice Temperature(string what, string key, IReadOnlyList<WorkbenchNetwork> teachers, double rate) => Choose(
        what, key, ChoiceEpochs, [4, 8, 20], wereSeenByTeachers: true, (tried, temperature) => Distilled(tried, 800, Held.Train, Small(1, ChoiceEpochs, rate), temperature, teachers));

    /// <summary>The errors of a net on the test images.</summary>
    public double TestErrors(WorkbenchNetwork network) => Errors(network, Data.Test);

    private Choice Choose(string what, string key, int epochs, double[] values, bool wereSeenByTeachers, Func<string, double, WorkbenchNetwork> train) => Choice.Make(
        what, values, Epochs(epochs), Held.Validation!, wereSeenByTeachers, value => Errors(train(FormattableString.Invariant($"{key}/{value}"), value), Held.Validation!));

    private double Errors(WorkbenchNetwork network, ImageDataset split) => Evaluation.Evaluator.Measure(_bench.Ask(network, split), split).Errors;

    // Drawn images are so easy that a teacher is sure of them, and its soft targets steep.
    private double[] Rates => _isQuick ? [0.002, 0.01, 0.05] : [0.02, 0.05, 0.1];

    private int Epochs(int epochs) => _isQuick ? 40 : epochs;

    private string Architecture(int units) => _isQuick ? $"mlp-{Math.Max(units / 20, 4)}-{Math.Max(units / 20, 4)}" : $"mlp-{units}-{units}";
}
