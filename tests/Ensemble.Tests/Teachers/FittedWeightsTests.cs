using Ensemble.Data;
using Ensemble.Teachers;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Teachers;

public sealed class FittedWeightsTests
{
    [Fact]
    public void Fit_WorkedByHand_FindsTheShares()
    {
        // Member 0 is sure of class 0, member 1 of class 1, both nearly: the mixture that explains 3 of 4 labels 0 is 3/4, 1/4.
        float[] first = [.. Enumerable.Repeat(new[] { 40f, 0f }, 4).SelectMany(row => row)];
        float[] second = [.. Enumerable.Repeat(new[] { 0f, 40f }, 4).SelectMany(row => row)];

        var fitted = FittedWeights.Fit([first, second], 2, [0, 0, 1, 0]);

        Assert.Equal(0.75, fitted.Weights[0], 1e-6);
        Assert.Equal(0.25, fitted.Weights[1], 1e-6);
        Assert.Equal(-((0.75 * Math.Log(0.75)) + (0.25 * Math.Log(0.25))), fitted.Nll, 1e-9);
        Assert.Equal(Math.Log(2), fitted.UniformNll, 1e-9);
    }

    [Fact]
    public void Fit_LabelsDrawnFromAMixture_RecoversIt()
    {
        const int Count = 20_000;
        const int Classes = 4;
        double[] truth = [0.6, 0.3, 0.1];
        float[][] members = [.. Enumerable.Range(0, 3).Select(member => HashedValues.Symmetric(500 + member, Count * Classes, 4))];
        var labels = DrawLabels(members, truth, Count, Classes);

        var fitted = FittedWeights.Fit([.. members.Select(member => (ReadOnlyMemory<float>)member)], Classes, labels);

        Assert.All(fitted.Weights.Zip(truth), pair => Assert.Equal(pair.Second, pair.First, 0.03));
        Assert.Equal(1, fitted.Weights.Sum(), 1e-12);
        Assert.True(fitted.Nll < fitted.UniformNll);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    public void Fit_AnyAnswers_IsNeverWorseThanEqualWeightsAndRepeats(int stream)
    {
        float[][] members = [.. Enumerable.Range(0, 4).Select(member => HashedValues.Symmetric((10 * stream) + member, 60, 30))];
        int[] labels = [.. HashedValues.Uniform(stream, 20).Select(value => (int)(3 * value))];
        ReadOnlyMemory<float>[] logits = [.. members.Select(member => (ReadOnlyMemory<float>)member)];

        var fitted = FittedWeights.Fit(logits, 3, labels);
        var again = FittedWeights.Fit(logits, 3, labels);

        Assert.True(fitted.Nll <= fitted.UniformNll);
        Assert.All(fitted.Weights, weight => Assert.InRange(weight, 0, 1));
        Assert.Equal(fitted.Weights, again.Weights);
        Assert.Equal(fitted.Nll, Nll(members, [.. fitted.Weights], labels, 3, 1), 1e-9);
    }

    [Fact]
    public void Fit_Temperature_DividesTheLogits()
    {
        float[][] members = [HashedValues.Symmetric(1, 60, 9), HashedValues.Symmetric(2, 60, 9)];
        int[] labels = [.. HashedValues.Uniform(3, 20).Select(value => (int)(3 * value))];

        var softened = FittedWeights.Fit([members[0], members[1]], 3, labels, temperature: 4);
        var divided = FittedWeights.Fit([members[0].Select(value => value / 4).ToArray(), members[1].Select(value => value / 4).ToArray()], 3, labels);

        Assert.All(softened.Weights.Zip(divided.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.Equal(divided.Nll, softened.Nll, 1e-6);
        Assert.NotEqual(FittedWeights.Fit([members[0], members[1]], 3, labels).Nll, softened.Nll, 1e-3);
    }

    [Fact]
    public void Fit_OneOrEqualMembers_KeepsEqualWeights()
    {
        float[] logits = [1, 2, 3, 0];

        Assert.Equal([1.0], FittedWeights.Fit([logits], 2, [0, 1]).Weights);
        Assert.Equal([0.5, 0.5], FittedWeights.Fit([logits, logits], 2, [0, 1]).Weights);
    }

    [Fact]
    public void Fit_LabelsThatNoMemberExpects_StaysFinite()
    {
        var fitted = FittedWeights.Fit([new[] { 1e4f, -1e4f }, new[] { 2e4f, -1e4f }], 2, [1]);

        // Member 0 is wrong by 2e4 nats, member 1 by 3e4: all weight goes to the first.
        Assert.Equal(1, fitted.Weights[0], 1e-12);
        Assert.Equal(2e4, fitted.Nll, 1e-6);
    }

    [Fact]
    public void Fit_ArgumentsThatDoNotFit_Throw()
    {
        float[] logits = [1, 2, 3, 0];

        Assert.Throws<ArgumentException>(() => FittedWeights.Fit([], 2, [0]));
        Assert.Throws<ArgumentException>(() => FittedWeights.Fit([logits], 2, [0]));
        Assert.Throws<ArgumentException>(() => FittedWeights.Fit([logits], 2, [0, 2]));
        Assert.Throws<ArgumentException>(() => FittedWeights.Fit([new[] { 1, float.NaN, 3, 0 }], 2, [0, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FittedWeights.Fit([logits], 2, [0, 1], temperature: 0));
    }

    private static int[] DrawLabels(float[][] members, double[] truth, int count, int classes)
    {
        var random = new RandomStream(5, "test/mixture");
        return [.. Enumerable.Range(0, count).Select(image =>
        {
            var member = Pick(truth, random.NextDouble());
            return Pick(Softmax(members[member], image, classes, 1), random.NextDouble());
        })];
    }

    private static int Pick(double[] probabilities, double point)
    {
        var chosen = 0;
        while (chosen < probabilities.Length - 1 && (point -= probabilities[chosen]) >= 0)
        {
            chosen++;
        }

        return chosen;
    }

    private static double Nll(float[][] members, double[] weights, int[] labels, int classes, double temperature) =>
        labels.Select((label, image) => -Math.Log(members.Select((member, index) => weights[index] * Softmax(member, image, classes, temperature)[label]).Sum())).Average();

    private static double[] Softmax(float[] logits, int image, int classes, double temperature) =>
        Ensemble.Tests.Distillation.Objectives.Softmax(logits.AsSpan(image * classes, classes), temperature);
}
