using Ensemble.Data;
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

    /// <summary>The share of test images that a network classifies right, in percent.</summary>
    public double TestAccuracy(WorkbenchNetwork network) => 100 * Evaluation.Evaluator.Measure(Bench.Ask(network, Data.Test), Data.Test).Accuracy;
}
