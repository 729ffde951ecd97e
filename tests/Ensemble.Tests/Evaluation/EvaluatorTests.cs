using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Measurement;
using Ensemble.Models;
using Ensemble.Teachers;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using Ensemble.Tests.Training;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Evaluation;

[Collection(TensorTests.Name)]
public sealed class EvaluatorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_MoreThanABatch_EqualsTheForwardOfAllInOrderAndKeepsTheMode(bool training)
    {
        // 1,203 images: two batches of 500 and a short one of 203.
        var dataset = TinySets.Halves(1203);
        using var split = TinySets.Resident(dataset, new AugmentationOptions { ShiftPixels = 1, HorizontalFlip = true });
        using var network = Create("resnet8x0.125", dataset.Shape);
        network.train(training);
        var state = StateTensors.Export(network).Select(record => record.Data.ToArray()).ToArray();
        var before = LiveTensors.Count();

        var logits = Evaluator.Run(network, split);

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.All(network.modules(), module => Assert.Equal(training, module.training));
        Assert.Equal(state, StateTensors.Export(network).Select(record => record.Data.ToArray()));
        Assert.Equal((1203, 2), (logits.Count, logits.ClassCount));
        PyTorchFixture.Near(Forward(network, split), logits.Values.ToArray(), 1e-5);
    }

    [Fact]
    public void Measure_ShortLastBatch_IsOverAllImages()
    {
        var dataset = TinySets.Halves(1203);
        using var split = TinySets.Resident(dataset);
        using var network = Create("mlp-4", dataset.Shape);
        var whole = new ClassificationAccumulator(2);
        whole.Add(Forward(network, split), dataset.Labels.Span);

        var metrics = Evaluator.Measure(Evaluator.Run(network, split), dataset);

        Assert.Equal(1203, metrics.Count);
        Assert.Equal(whole.ToMetrics().Errors, metrics.Errors);
        Assert.Equal(whole.ToMetrics().Nll, metrics.Nll, 1e-6);
        Assert.Equal(1 - (metrics.Errors / 1203.0), metrics.Accuracy, 1e-12);
    }

    [Fact]
    public void Average_TwoMembers_IsTheMeanOfTheirProbabilities()
    {
        // (3/4, 1/4) and (1/5, 4/5); then (1/2, 1/2) twice.
        var first = new SplitLogits(new[] { MathF.Log(3), 0, 7f, 7f }, 2);
        var second = new SplitLogits(new[] { 0, MathF.Log(4), -2f, -2f }, 2);

        var average = Evaluator.Average([first, second], Averaging.Arithmetic);

        PyTorchFixture.Near([0.475f, 0.525f, 0.5f, 0.5f], [.. average.Values.ToArray().Select(MathF.Exp)], 1e-6);
    }

    [Fact]
    public void Average_Geometric_IsTheSoftmaxOfTheMeanLogits()
    {
        var first = new SplitLogits(new[] { MathF.Log(16), 0f }, 2);
        var second = new SplitLogits(new[] { 0f, 0f }, 2);

        var average = Evaluator.Average([first, second], Averaging.Geometric);

        PyTorchFixture.Near([0.8f, 0.2f], [.. average.Values.ToArray().Select(MathF.Exp)], 1e-6);
    }

    [Fact]
    public void Average_AnySplit_LeavesNoTensors()
    {
        var before = LiveTensors.Count();

        Evaluator.Average([new SplitLogits(new float[6], 3), new SplitLogits(new float[6], 3)], Averaging.Arithmetic);

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Compare_ReferenceFirst_IsTheDivergenceFromIt()
    {
        // KL((3/4, 1/4) || (1/2, 1/2)), which differs from its reverse.
        var reference = new SplitLogits(new[] { MathF.Log(3), 0f }, 2);
        var candidate = new SplitLogits(new[] { 5f, 5f }, 2);

        var comparison = Evaluator.Compare(reference, candidate);

        Assert.Equal((0.75 * Math.Log(1.5)) + (0.25 * Math.Log(0.5)), comparison.MeanKl, 1e-6);
        Assert.Equal(0, Evaluator.Compare(reference, reference).MeanKl, 1e-9);
        Assert.Equal(1, Evaluator.Compare(reference, reference).Agreement);
    }

    [Fact]
    public void Measure_MarkedImages_HoldsEachAnswerAgainstItsOwnLabel()
    {
        // Answers made from the labels themselves are all right; moved by one image they are not.
        var dataset = MarkedImages.Create(30);
        var answers = dataset.Labels.ToArray().SelectMany(label => Enumerable.Range(0, MarkedImages.ClassCount).Select(c => c == label ? 9f : 0)).ToArray();
        float[] moved = [.. answers[MarkedImages.ClassCount..], .. answers[..MarkedImages.ClassCount]];

        Assert.Equal(1, Evaluator.Measure(new SplitLogits(answers, MarkedImages.ClassCount), dataset).Accuracy);
        Assert.True(Evaluator.Measure(new SplitLogits(moved, MarkedImages.ClassCount), dataset).Accuracy < 0.5);
    }

    private static float[] Forward(torch.nn.Module<torch.Tensor, torch.Tensor> network, ResidentDataset split)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var wasTraining = network.training;
        network.eval();
        using var batch = split.Gather([.. Enumerable.Range(0, split.Count)]);
        var logits = PyTorchFixture.Values(network.call(batch.Images));
        network.train(wasTraining);
        return logits;
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(string name, ImageShape shape) =>
        ModelRegistry.CreateDefault().Create(name, shape, 2, 1);
}
