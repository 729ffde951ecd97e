namespace Ensemble.Measurement;

/// <summary>The images whose top-1 probability lies in one range.</summary>
/// <param name="Low">The range's lower end, left out of it; 0 to 1.</param>
/// <param name="High">The range's upper end, within it; above the lower end, at most 1.</param>
/// <param name="Count">Images, at least 0.</param>
/// <param name="Confidence">The mean of their top-1 probability; null without images.</param>
/// <param name="Accuracy">The share of them that were classified right; null without images.</param>
public sealed record ReliabilityBin(double Low, double High, long Count, double? Confidence, double? Accuracy)
{
    /// <summary>Sorts images into ranges of equal width, as the expected calibration error does.</summary>
    /// <param name="confidences">The top-1 probability of each image, 0 to 1.</param>
    /// <param name="isRight">Whether its top-1 class is the label, as many.</param>
    /// <param name="binCount">Ranges, at least 1; 15 as in Guo et al. 2017.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a probability is not 0 to 1.</exception>
    public static IReadOnlyList<ReliabilityBin> Sort(IReadOnlyList<double> confidences, IReadOnlyList<bool> isRight, int binCount = 15)
    {
        ArgumentNullException.ThrowIfNull(confidences);
        ArgumentNullException.ThrowIfNull(isRight);
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 1);
        if (confidences.Count != isRight.Count) throw new ArgumentException($"{isRight.Count} answers beside {confidences.Count} probabilities", nameof(isRight));
        if (!confidences.All(confidence => confidence is >= 0 and <= 1)) throw new ArgumentException("a probability is not 0 to 1", nameof(confidences));
        var images = confidences.Zip(isRight, (confidence, right) => (Confidence: confidence, Right: right))
            .ToLookup(image => Math.Clamp((int)Math.Ceiling(image.Confidence * binCount) - 1, 0, binCount - 1));
        return [.. Enumerable.Range(0, binCount).Select(bin => new ReliabilityBin(
            (double)bin / binCount,
            (bin + 1.0) / binCount,
            images[bin].LongCount(),
            images[bin].Any() ? images[bin].Average(image => image.Confidence) : null,
            images[bin].Any() ? images[bin].Average(image => image.Right ? 1.0 : 0.0) : null))];
    }

    /// <summary>Sorts a model's answers into ranges.</summary>
    /// <param name="answers">What it answers.</param>
    /// <param name="labels">[N] the true classes.</param>
    /// <param name="binCount">Ranges, at least 1.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static IReadOnlyList<ReliabilityBin> Of(ModelAnswers answers, IReadOnlyList<int> labels, int binCount = ClassificationAccumulator.CalibrationBins)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(labels);
        var images = Enumerable.Range(0, answers.Count).Select(image => (Top: answers.Top1(image), Image: image)).ToArray();
        return Sort(
            [.. images.Select(image => Math.Min(1, answers.Probabilities(image.Image)[image.Top]))],
            [.. labels.Select((label, image) => image < images.Length && images[image].Top == label)],
            binCount);
    }
}
