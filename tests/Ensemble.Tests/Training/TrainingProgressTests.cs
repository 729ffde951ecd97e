using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Evaluation;
using Ensemble.Models;
using Ensemble.Tests.Data;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Tests.Training;

public sealed class TrainingProgressTests
{
    [Fact]
    public void Accuracy_NetworkThatStandsStill_IsItsAccuracyOnTheTrainingImages()
    {
        // 30 images by 4: a short last batch. A learning rate so low that no weight changes.
        var images = TestImages.Counting(count: 30, classCount: 3, side: 4);
        using var network = ModelRegistry.CreateDefault().Create("mlp-8", images.Shape, images.ClassCount, seed: 3);
        using var resident = new ResidentDataset(images, ChannelStatistics.Measure(images), AugmentationOptions.None, torch.CPU);
        var expected = Evaluator.Measure(Evaluator.Run(network, resident), images).Accuracy;
        var progress = new Recorded();
        var options = new TrainingOptions { Epochs = 2, BatchSize = 4, LearningRate = 1e-30, WeightDecay = 0, Precision = Precision.Fp32 };

        Trainer.Train(network, resident, new HardLabels(), null, options, progress, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, progress.Reports.Count);
        Assert.InRange(expected, 0.01, 0.99);
        Assert.All(progress.Reports, report => Assert.Equal(expected, report.Accuracy, precision: 12));
    }

    private sealed class Recorded : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Reports { get; } = [];

        public void Report(TrainingProgress value) => Reports.Add(value);
    }
}
