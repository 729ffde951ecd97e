using Ensemble.Data;
using Ensemble.Training;

namespace Ensemble.Pipeline;

/// <summary>What a recipe says where a person says nothing.</summary>
public static class RecipeDefaults
{
    /// <summary>How a network is trained.</summary>
    /// <param name="architecture">Its name: fully connected nets take a lower learning rate and no weight decay, as in the paper.</param>
    /// <param name="augmentation">How its images vary.</param>
    /// <param name="epochs">Passes over the data; null for the default of the kind of network.</param>
    /// <param name="optimizer">Which optimiser; AdamW takes a learning rate of 0.001 and a weight decay of 0.05.</param>
    public static TrainingOptions Training(
        string architecture, AugmentationOptions augmentation, int? epochs = null, OptimizerKind optimizer = OptimizerKind.Sgd)
    {
        var isFullyConnected = architecture.StartsWith("mlp", StringComparison.OrdinalIgnoreCase);
        var standard = new TrainingOptions { Augmentation = augmentation, Views = Views(augmentation), Optimizer = optimizer };
        standard = standard with { Epochs = epochs ?? standard.Epochs };
        return (optimizer, isFullyConnected) switch
        {
            (OptimizerKind.AdamW, var isMlp) => standard with { LearningRate = 1e-3, WeightDecay = isMlp ? 0 : 0.05 },
            (_, true) => standard with { LearningRate = 0.05, WeightDecay = 0 },
            _ => standard,
        };
    }

    /// <summary>How a teacher's images vary.</summary>
    /// <param name="dataset">The data set's name: the characters of MNIST and KMNIST must not be mirrored.</param>
    public static AugmentationOptions TeacherAugmentation(string dataset) =>
        IsDigits(dataset) ? AugmentationOptions.Jitter : AugmentationOptions.CropAndFlip;

    /// <summary>How the student's and the baseline's images vary; on MNIST not at all, as in the paper.</summary>
    /// <param name="dataset">The data set's name.</param>
    public static AugmentationOptions StudentAugmentation(string dataset) =>
        IsDigits(dataset) ? AugmentationOptions.None : AugmentationOptions.CropAndFlip;

    // Images that do not vary have one view: the teachers need to answer it only once.
    private static ViewOptions Views(AugmentationOptions augmentation) => new() { Count = augmentation == AugmentationOptions.None ? 1 : 0 };

    private static bool IsDigits(string dataset) =>
        string.Equals(dataset, "mnist", StringComparison.OrdinalIgnoreCase) || string.Equals(dataset, "kmnist", StringComparison.OrdinalIgnoreCase);
}
