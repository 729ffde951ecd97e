namespace Ensemble.Measurement;

/// <summary>
/// Adds up batches of logits and labels, and divides once: any cutting into batches gives the same metrics to the last
/// bit.
/// </summary>
public sealed class ClassificationAccumulator
{
    /// <summary>Bins of confidence in the calibration error, as in Guo et al. 2017.</summary>
    public const int CalibrationBins = 15;

    private readonly long[] _classCounts;
    private readonly long[] _classCorrect;
    private readonly long[] _binCorrect = new long[CalibrationBins];
    private readonly double[] _binConfidence = new double[CalibrationBins];
    private double _negativeLogLikelihood;

    /// <summary>Starts at nothing measured.</summary>
    /// <param name="classCount">Classes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classCount"/> is below 1.</exception>
    public ClassificationAccumulator(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ClassCount = classCount;
        _classCounts = new long[classCount];
        _classCorrect = new long[classCount];
    }

    /// <summary>Classes, at least 1.</summary>
    public int ClassCount { get; }

    /// <summary>Images measured so far.</summary>
    public long Count => _classCounts.Sum();

    /// <summary>Adds a batch. A batch that is refused leaves no trace.</summary>
    /// <param name="logits">[n, classes] float32, logits, row-major; n may be 0.</param>
    /// <param name="labels">[n] class indices.</param>
    /// <exception cref="ArgumentException">
    /// A logit is NaN or infinite (names its row), a label is out of range (names its row), or the lengths disagree.
    /// </exception>
    public void Add(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels)
    {
        var rows = Logits.RequireFiniteRows(logits, ClassCount, nameof(logits));
        if (rows != labels.Length)
        {
            throw new ArgumentException($"{labels.Length} labels for {rows} rows of logits", nameof(labels));
        }

        var outOfRange = labels.IndexOfAnyExceptInRange(0, ClassCount - 1);
        if (outOfRange >= 0)
        {
            throw new ArgumentException(
                $"row {outOfRange} is labelled {labels[outOfRange]}, not 0 to {ClassCount - 1}", nameof(labels));
        }

        for (var row = 0; row < rows; row++)
        {
            AddRow(logits.Slice(row * ClassCount, ClassCount), labels[row]);
        }
    }

    /// <summary>Divides the sums.</summary>
    /// <returns>The metrics of everything added so far.</returns>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public ClassificationMetrics ToMetrics()
    {
        var count = Count;
        if (count == 0)
        {
            throw new InvalidOperationException("no images were measured");
        }

        var correct = _classCorrect.Sum();
        var interval = AccuracyInterval.Wilson95(correct, count);
        var miscalibration = _binCorrect.Zip(_binConfidence, (right, confidence) => Math.Abs(right - confidence)).Sum();
        return new ClassificationMetrics
        {
            Count = count,
            Errors = count - correct,
            Accuracy = (double)correct / count,
            AccuracyLow = interval.Low,
            AccuracyHigh = interval.High,
            Nll = _negativeLogLikelihood / count,
            Ece = miscalibration / count,
            PerClassAccuracy = [.. _classCorrect.Zip(
                _classCounts, (right, images) => images == 0 ? (double?)null : (double)right / images)],
        };
    }

    private void AddRow(ReadOnlySpan<float> row, int label)
    {
        var predicted = Logits.ArgMax(row);
        var logSumExp = Logits.LogSumExp(row);
        var confidence = Math.Exp(row[predicted] - logSumExp);
        var bin = Math.Clamp((int)Math.Ceiling(confidence * CalibrationBins) - 1, 0, CalibrationBins - 1);
        var right = predicted == label ? 1 : 0;
        _classCounts[label]++;
        _classCorrect[label] += right;
        _binCorrect[bin] += right;
        _binConfidence[bin] += confidence;
        _negativeLogLikelihood += logSumExp - row[label];
    }
}
