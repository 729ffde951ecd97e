using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using Ensemble.Training;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Training;

[Collection(TensorTests.Name)]
public sealed class TrainerTests
{
    private static readonly TrainingOptions s_options = new()
    {
        Epochs = 15,
        BatchSize = 8,
        LearningRate = 0.1,
        Precision = Precision.Fp32,
    };

    [Fact]
    public void Train_MlpOnASeparableSet_ReachesAllRight()
    {
        using var data = TinySets.Resident(TinySets.Halves());
        using var network = Create("mlp-8", data, seed: 1);

        TinySets.Train(network, data, new HardLabels(), null, s_options);

        Assert.Equal(1.0, Accuracy(network, data));
    }

    [Fact]
    public void Train_EqualSeeds_GiveEqualBits()
    {
        var augmented = new AugmentationOptions { ShiftPixels = 1, HorizontalFlip = true };

        var first = TrainedWeights(s_options with { Epochs = 2, Seed = 5, Augmentation = augmented });
        var second = TrainedWeights(s_options with { Epochs = 2, Seed = 5, Augmentation = augmented });

        Assert.Equal(first, second);
    }

    [Fact]
    public void Train_AnotherSeed_GivesOtherWeightsFromTheSameStart()
    {
        var first = TrainedWeights(s_options with { Epochs = 1, Seed = 5 });
        var second = TrainedWeights(s_options with { Epochs = 1, Seed = 6 });

        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Train_ConstantLoss_DecaysWeightsOfTwoDimensionsAlone()
    {
        // One step without momentum and without a gradient: w <- w - lr * decay * w = 0.95 w; biases and norms stay.
        using var data = TinySets.Resident(TinySets.Halves());
        using var network = Create("resnet8x0.25", data, seed: 1);
        var before = network.named_parameters().ToDictionary(found => found.name, found => PyTorchFixture.Values(found.parameter));

        TinySets.Train(network, data, ScriptedObjective.Flat, null, s_options with
        {
            Epochs = 1,
            BatchSize = 64,
            LearningRate = 0.5,
            Momentum = 0,
            WeightDecay = 0.1,
            WarmupShare = 0,
            Schedule = LearningRateSchedule.Constant,
        });

        foreach (var (name, parameter) in network.named_parameters())
        {
            var factor = parameter.dim() >= 2 ? 0.95f : 1;
            PyTorchFixture.Near([.. before[name].Select(value => value * factor)], PyTorchFixture.Values(parameter), 1e-6, name);
        }
    }

    [Fact]
    public void Train_CancelledHalfway_LeavesNoTensors()
    {
        using var data = TinySets.Resident(TinySets.Halves());
        using var network = Create("mlp-8", data, seed: 1);
        using var stop = new CancellationTokenSource();
        var progress = new SynchronousProgress(_ => stop.Cancel());
        var before = LiveTensors.Count();

        Assert.Throws<OperationCanceledException>(
            () => Trainer.Train(network, data, new HardLabels(), null, s_options, progress, cancellationToken: stop.Token));

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal(5, Assert.Single(progress.Reports).Step);
    }

    [Fact]
    public void Train_ToTheEnd_LeavesNoTensors()
    {
        using var data = TinySets.Resident(TinySets.Halves());
        using var network = Create("resnet8x0.25", data, seed: 1);
        using var teacher = Create("resnet8x0.25", data, seed: 2);
        var before = LiveTensors.Count();

        TinySets.Train(
            network, data, new SoftTargetDistillation(new ObjectiveOptions()), new Ensemble.Teachers.TeacherEnsemble([teacher], Precision.Fp32), s_options with { Epochs = 2 });

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Train_LossNotFinite_NamesTermAndSteps(float value)
    {
        // 3 batches an epoch: the sixth step, the last of the second epoch, is the bad one.
        var step = 0;
        var objective = new ScriptedObjective(input => new LossTerms(
            ("fine", ScriptedObjective.Constant(input, 1)), ("broken", ScriptedObjective.Constant(input, step++ == 5 ? value : 1))));
        using var data = TinySets.Resident(TinySets.Halves(24));
        using var network = Create("mlp-8", data, seed: 1);
        var before = LiveTensors.Count();

        var fault = Assert.Throws<TrainingFaultException>(() => TinySets.Train(network, data, objective, null, s_options));

        Assert.Equal("broken", fault.Term);
        Assert.Equal(5, fault.LastStep);
        Assert.Contains("'broken'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("steps 3 to 5", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Train_ShortLastBatch_ReportsTheMeanOverImages()
    {
        // 12 images in batches of 8 and 4, losses 1 and 4: (8 * 1 + 4 * 4) / 12 = 2, not the mean of batch means, 2.5.
        var objective = new ScriptedObjective(input => new LossTerms(
            ("size", ScriptedObjective.Constant(input, input.Labels.numel() == 8 ? 1 : 4))));
        using var data = TinySets.Resident(TinySets.Halves(12));
        using var network = Create("mlp-8", data, seed: 1);
        var progress = new SynchronousProgress();

        TinySets.Train(network, data, objective, null, s_options with { Epochs = 2 }, progress);

        Assert.All(progress.Reports, report => Assert.Equal(2, report.Loss, 1e-6));
    }

    [Fact]
    public void Train_LongEpochs_ReportsEvery25StepsAndAtTheEpochsEnd()
    {
        using var data = TinySets.Resident(TinySets.Halves(60));
        using var network = Create("mlp-2", data, seed: 1);
        var progress = new SynchronousProgress();

        TinySets.Train(network, data, new HardLabels(), null, s_options with { Epochs = 2, BatchSize = 2, WarmupShare = 0 }, progress);

        Assert.Equal([25, 30, 55, 60], progress.Reports.Select(report => report.Step));
        Assert.Equal([false, true, false, true], progress.Reports.Select(report => report.EndsEpoch));
        Assert.Equal([0, 1, 1, 2], progress.Reports.Select(report => report.Epoch));
        Assert.Equal(s_options.LearningRate * (1 + Math.Cos(Math.PI * 24 / 60)) / 2, progress.Reports[0].LearningRate, 1e-12);
        Assert.All(progress.Reports, report => Assert.Equal(60, report.Steps));
    }

    [Fact]
    public void Train_TheTape_HasTheTeachersOfThisBatch()
    {
        // The teacher echoes a pixel of each image, so that its logits can be held against the student's own input.
        var seen = 0;
        using var data = TinySets.Resident(TinySets.Halves(24));
        using var network = Create("mlp-8", data, seed: 1);
        var spy = new EchoTeacher();
        var objective = new ScriptedObjective(
            input =>
            {
                Assert.Equal(spy.Last, PyTorchFixture.Values(input.TeacherLogits!));
                Assert.Equal(input.Labels.numel(), input.TeacherLogits!.size(1));
                Assert.False(input.TeacherLogits.requires_grad);
                seen++;
                return new LossTerms(("flat", ScriptedObjective.Constant(input, 1)));
            },
            needsTeachers: true);

        TinySets.Train(network, data, objective, spy, s_options with { Epochs = 1 });

        Assert.Equal(3, seen);
    }

    [Fact]
    public void Train_ObjectiveWithoutItsTeachers_Throws()
    {
        using var data = TinySets.Resident(TinySets.Halves(8));
        using var network = Create("mlp-2", data, seed: 1);

        Assert.Throws<ArgumentException>(
            () => TinySets.Train(network, data, new SoftTargetDistillation(new ObjectiveOptions()), null, s_options));
    }

    [Fact]
    public void Train_PrecisionUnresolved_ThrowsBeforeTheFirstStep()
    {
        using var data = TinySets.Resident(TinySets.Halves(8));
        using var network = Create("mlp-2", data, seed: 1);

        Assert.Throws<ArgumentException>(
            () => TinySets.Train(network, data, new HardLabels(), null, s_options with { Precision = Precision.Auto }));
    }

    private static byte[][] TrainedWeights(TrainingOptions options)
    {
        using var data = TinySets.Resident(TinySets.Halves(), options.Augmentation);
        using var network = Create("resnet8x0.25", data, seed: 3);
        TinySets.Train(network, data, new HardLabels(), null, options);
        return [.. StateTensors.Export(network).Select(record => record.Data.ToArray())];
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(string name, ResidentDataset data, ulong seed) =>
        ModelRegistry.CreateDefault().Create(name, data.Shape, 2, seed);

    private static double Accuracy(torch.nn.Module<torch.Tensor, torch.Tensor> network, ResidentDataset data)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        network.eval();
        using var batch = data.Gather([.. Enumerable.Range(0, data.Count)]);
        var right = network.call(batch.Images).argmax(1).eq(batch.Labels).sum().item<long>();
        return (double)right / data.Count;
    }

    private sealed class EchoTeacher : ITeacher
    {
        public float[] Last { get; private set; } = [];

        public torch.Tensor Logits(Batch batch)
        {
            using var scope = torch.NewDisposeScope();
            using var guard = torch.no_grad();
            var logits = batch.Images.flatten(1)[.., ..2].unsqueeze(0).clone();
            Last = PyTorchFixture.Values(logits);
            return logits.MoveToOuterDisposeScope();
        }
    }
}
