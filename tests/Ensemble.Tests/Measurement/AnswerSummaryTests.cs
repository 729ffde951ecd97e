using Ensemble.Measurement;

namespace Ensemble.Tests.Measurement;

/// <summary>What is counted from answers: confusions, class means, ranges of confidence, samples.</summary>
public sealed class AnswerSummaryTests
{
    private static readonly int[] s_labels = [0, 0, 1, 2];

    // Right, taken for 1, right, taken for 0.
    private static readonly ModelAnswers s_answers = Of([0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.1, 0.6, 0.3], [0.5, 0.2, 0.3]);

    [Fact]
    public void Confusions_Counts_AreOfTrueClassByAnswer()
    {
        var confusions = ConfusionCounts.Of(s_answers, s_labels);

        Assert.Equal([1, 1, 0], confusions.Counts[0]);
        Assert.Equal([0, 1, 0], confusions.Counts[1]);
        Assert.Equal([1, 0, 0], confusions.Counts[2]);
        Assert.Equal([(0, 1, 1L), (2, 0, 1L)], confusions.Largest(5));
        Assert.Throws<ArgumentException>(() => ConfusionCounts.Of(s_answers, [0, 1]));
        Assert.Throws<ArgumentException>(() => ConfusionCounts.Of(s_answers, [0, 1, 2, 3]));
    }

    [Fact]
    public void Means_OfAClass_AreOverItsImages()
    {
        var means = ClassMeans.Of(s_answers, [0, 0, 2, 2], 1);

        Assert.Equal([0.5, 0.4, 0.1], means.Rows[0]!.Select(value => Math.Round(value, 3)));
        Assert.Null(means.Rows[1]);
        Assert.Empty(means.Leaks(1, 2));
        Assert.Equal([1, 2], means.Leaks(0, 2).Select(leak => leak.Class));
    }

    [Fact]
    public void ReliabilityBins_OfAnswers_HaveTheCalibrationErrorOfTheMetrics()
    {
        var accumulator = new ClassificationAccumulator(3);
        float[] logits = [.. Enumerable.Range(0, s_answers.Count).SelectMany(image => s_answers.Probabilities(image).Select(value => (float)Math.Log(value)))];
        accumulator.Add(logits, s_labels);

        var bins = ReliabilityBin.Of(s_answers, s_labels);

        Assert.Equal(4, bins.Sum(bin => bin.Count));
        Assert.Equal(accumulator.ToMetrics().Ece, bins.Sum(bin => bin.Count * Math.Abs((bin.Confidence ?? 0) - (bin.Accuracy ?? 0))) / 4, 6);
    }

    [Fact]
    public void Samples_ByRule_ComeOfEachReasonAndNeverTwice()
    {
        var baseline = Of([0.1, 0.8, 0.1], [0.2, 0.7, 0.1], [0.1, 0.2, 0.7], [0.5, 0.2, 0.3]);
        var ensemble = Of([0.9, 0.05, 0.05], [0.6, 0.3, 0.1], [0.34, 0.36, 0.3], [0.2, 0.2, 0.6]);

        var chosen = SampleChoice.Choose(s_labels, ensemble, s_answers, baseline, 6);

        // The student learnt images 0 (0.7 more) and 2 (0.4), and lost 1 (sure by 0.7) and 3; nothing is left to be confused.
        Assert.Equal([(0, SampleReason.Learnt), (2, SampleReason.Learnt), (1, SampleReason.Lost), (3, SampleReason.Lost)], chosen.Select(sample => (sample.Image, sample.Reason)));
    }

    [Fact]
    public void Samples_WithoutTeachers_AreWrongOrConfused()
    {
        var chosen = SampleChoice.Choose(s_labels, null, s_answers, null, 3);

        Assert.Equal([SampleReason.Wrong, SampleReason.Confused, SampleReason.Confused], chosen.Select(sample => sample.Reason));
        Assert.Equal(1, chosen[0].Image);
    }

    private static ModelAnswers Of(params double[][] probabilities) =>
        ModelAnswers.FromLogits([.. probabilities.SelectMany(row => row.Select(value => (float)Math.Log(value)))], probabilities[0].Length);
}
