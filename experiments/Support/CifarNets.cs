using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Pipeline;
using Ensemble.Training;

namespace Ensemble.Experiments;

/// <summary>The networks that the CIFAR-10 experiments share.</summary>
public sealed class CifarNets
{
    private readonly bool _isQuick;

    /// <summary>Reads the data and opens the workbench.</summary>
    /// <param name="laboratory">Where.</param>
    public CifarNets(Laboratory laboratory)
    {
        _isQuick = laboratory.IsQuick;
        Data = laboratory.Load("cifar10");
        Bench = laboratory.OpenBench("cifar10", Data.Train);
        Held = Data.CarveValidation(_isQuick ? 100 : 10_000, seed: 1);
    }

    /// <summary>50,000 training and 10,000 test images.</summary>
    public DatasetSplits Data { get; }

    /// <summary>The same with 10,000 training images held out, to make choices on.</summary>
    public DatasetSplits Held { get; }

    /// <summary>The workbench.</summary>
    public Workbench Bench { get; }

    /// <summary>The small network's architecture.</summary>
    public string Small => _isQuick ? "resnet8x0.25" : "resnet8";

    /// <summary>How a network is trained: crops and mirror images, a learning rate of 0.1 that falls along a cosine.</summary>
    /// <param name="epochs">Passes over the images, at full size.</param>
    /// <param name="seed">The network's.</param>
    /// <param name="views">Views of each image whose soft targets are stored; 0 for a new one each epoch.</param>
    public TrainingOptions Options(int epochs, ulong seed, int views = 0) => RecipeDefaults.Training(Small, _isQuick ? AugmentationOptions.Jitter : AugmentationOptions.CropAndFlip, _isQuick ? 4 : epochs) with
    {
        Seed = seed, Views = new ViewOptions { Count = views, Seed = views == 0 ? seed : 1 },
    };

    /// <summary>A network of <see cref="Small"/>'s kind on what others answer.</summary>
    /// <param name="key">Its name at the workbench.</param>
    /// <param name="images">The transfer set.</param>
    /// <param name="options">How.</param>
    /// <param name="objective">The temperature, and the weight of the labels.</param>
    /// <param name="teachers">Whose answers.</param>
    /// <param name="probes">What it is measured on while it trains.</param>
    public WorkbenchNetwork Distilled(
        string key, ImageDataset images, TrainingOptions options, ObjectiveOptions objective, IReadOnlyList<WorkbenchNetwork> teachers, IReadOnlyList<EpochProbe>? probes = null) =>
        Bench.Distil(key, Small, images, options, "kd", objective, teachers, probes);

    /// <summary>The weight of the labels that such a network learns best with at T = 4, chosen on the images held out.</summary>
    /// <param name="key">Names the networks that are tried.</param>
    /// <param name="teachers">Whose answers; they have seen the images that the choice is made on.</param>
    public Choice HardWeight(string key, IReadOnlyList<WorkbenchNetwork> teachers) =>
        Choose("weight of the labels", key, [0.1, 0.5, 0.8], weight => new ObjectiveOptions { Temperature = 4, HardWeight = weight }, teachers);

    /// <summary>The temperature that it learns best at, chosen likewise.</summary>
    /// <param name="key">Names the networks that are tried.</param>
    /// <param name="hardWeight">The weight of the labels.</param>
    /// <param name="teachers">Whose answers.</param>
    public Choice Temperature(string key, double hardWeight, IReadOnlyList<WorkbenchNetwork> teachers) =>
        Choose("temperature", key, [1, 2, 4], temperature => new ObjectiveOptions { Temperature = temperature, HardWeight = hardWeight }, teachers);

    /// <summary>The share of test images that a network classifies right, in percent.</summary>
    public double TestAccuracy(WorkbenchNetwork network) => 100 * Evaluation.Evaluator.Measure(Bench.Ask(network, Data.Test), Data.Test).Accuracy;

    private Choice Choose(string what, string key, double[] values, Func<double, ObjectiveOptions> objective, IReadOnlyList<WorkbenchNetwork> teachers)
    {
        var (held, options) = (Held.Validation!, Options(8, Seeds.OfStudent(1), views: 8));
        return Choice.Make(what, values, options.Epochs, held, wereSeenByTeachers: true, value => Errors(objective(value)));

        double Errors(ObjectiveOptions tried)
        {
            var network = Distilled(FormattableString.Invariant($"{key}/weight-{tried.HardWeight}-t-{tried.Temperature}"), Held.Train, options, tried, teachers);
            return Evaluation.Evaluator.Measure(Bench.Ask(network, held), held).Errors;
        }
    }
}
