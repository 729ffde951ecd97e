namespace Ensemble.Export.Quantisation;

/// <summary>How often values fell into each of 2,048 equal parts of the range that they span.</summary>
/// <param name="smallest">The smallest value.</param>
/// <param name="largest">The largest value.</param>
internal sealed class ValueHistogram(double smallest, double largest)
{
    private const int Parts = 2048;
    private const double OutermostShare = 1e-4;
    private const int Candidates = 60;
    private const double NarrowestCandidate = 0.25;

    private readonly long[] _counts = new long[Parts];
    private readonly double _width = Math.Max(largest - smallest, double.Epsilon) / Parts;

    /// <summary>Counts values, each from the smallest to the largest.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            _counts[Math.Clamp((int)((value - smallest) / _width), 0, Parts - 1)]++;
        }
    }

    /// <summary>The range that a method chooses.</summary>
    public ValueRange Choose(CalibrationMethod method) => method switch
    {
        CalibrationMethod.MinMax => ValueRange.Around(smallest, largest),
        CalibrationMethod.Percentile => WithoutOutermost(),
        CalibrationMethod.Mse => LeastSquaredError(),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "must be a calibration method"),
    };

    private ValueRange WithoutOutermost()
    {
        var allowed = _counts.Sum() * OutermostShare;
        return ValueRange.Around(Middle(FirstBeyond(_counts, allowed)), Middle(Parts - 1 - FirstBeyond([.. _counts.Reverse()], allowed)));
    }

    private static int FirstBeyond(long[] counts, double allowed)
    {
        var seen = 0L;
        for (var part = 0; part < counts.Length; part++)
        {
            seen += counts[part];
            if (seen > allowed)
            {
                return part;
            }
        }

        return counts.Length - 1;
    }

    private ValueRange LeastSquaredError() => Enumerable.Range(0, Candidates)
        .Select(candidate => 1 - (candidate * (1 - NarrowestCandidate) / (Candidates - 1)))
        .Select(share => ValueRange.Around(smallest * share, largest * share))
        .MinBy(SquaredError);

    private double SquaredError(ValueRange range)
    {
        var sum = 0.0;
        for (var part = 0; part < Parts; part++)
        {
            if (_counts[part] > 0)
            {
                var error = Middle(part) - range.Quantise(Middle(part));
                sum += _counts[part] * error * error;
            }
        }

        return sum;
    }

    private double Middle(int part) => smallest + ((part + 0.5) * _width);
}
