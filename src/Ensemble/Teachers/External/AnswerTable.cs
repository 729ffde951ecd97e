using System.Globalization;

namespace Ensemble.Teachers.External;

/// <summary>Gathers a teacher's answers, a row for each sample, and refuses what cannot be one.</summary>
internal sealed class AnswerTable
{
    // What a file rounds to zero is no certainty, and has no logarithm.
    private const double SmallestProbability = 1e-8;
    private const double SumTolerance = 0.01;

    private readonly string _path;
    private readonly int _classCount;
    private readonly double _hardConfidence;
    private readonly float[] _logits;
    private readonly bool[] _isFilled;

    public AnswerTable(string path, int sampleCount, int classCount, AnswerOptions options)
    {
        _path = path;
        _classCount = classCount;
        _hardConfidence = options.HardConfidence;
        _isFilled = new bool[sampleCount];
        _logits = new float[checked(sampleCount * classCount)];
    }

    public int SampleCount => _isFilled.Length;

    public int ClassCount => _classCount;

    /// <summary>Takes logits, or any numbers whose softmax is the answer.</summary>
    /// <param name="sample">The sample's index in the training images.</param>
    /// <param name="logits">[C].</param>
    /// <param name="where">The line or row, for a person.</param>
    public void AddLogits(long sample, ReadOnlySpan<double> logits, string where)
    {
        var row = Claim(sample, where);
        for (var label = 0; label < logits.Length; label++)
        {
            var logit = (float)logits[label];
            row[label] = float.IsFinite(logit) ? logit : throw Fault($"a finite logit of class {label} in {where}", Text(logits[label]));
        }
    }

    /// <summary>Takes a whole distribution.</summary>
    public void AddProbabilities(long sample, ReadOnlySpan<double> probabilities, string where)
    {
        var sum = SumOf(probabilities, where);
        if (Math.Abs(sum - 1) > SumTolerance)
        {
            throw Fault($"probabilities with sum 1 in {where}", Text(sum));
        }

        Fill(Claim(sample, where), probabilities);
    }

    /// <summary>
    /// Takes the k most probable classes. What is left of 1 is spread evenly over the others: marginal smoothing (Shen and
    /// Xing 2022, A Fast Knowledge Distillation Framework for Visual Recognition, arXiv 2112.01528).
    /// </summary>
    public void AddTop(long sample, ReadOnlySpan<long> classes, ReadOnlySpan<double> probabilities, string where)
    {
        var left = 1 - SumOf(probabilities, where);
        var isWhole = classes.Length == _classCount;
        if (left < -SumTolerance || (isWhole && left > SumTolerance))
        {
            throw Fault($"probabilities with sum {(isWhole ? "1" : "at most 1")} in {where}", Text(1 - left));
        }

        var share = isWhole ? 0 : Math.Max(0, left) / (_classCount - classes.Length);
        if (classes.Length > 0 && share > MinimumOf(probabilities) + SumTolerance)
        {
            throw Fault($"the most probable classes in {where}", $"one of {Text(MinimumOf(probabilities))} where the others would have {Text(share)} each");
        }

        var whole = new double[_classCount];
        Array.Fill(whole, share);
        var isNamed = new bool[_classCount];
        for (var place = 0; place < classes.Length; place++)
        {
            var label = RequireClass(classes[place], where);
            if (isNamed[label])
            {
                throw Fault($"different classes in {where}", $"class {label} twice");
            }

            (isNamed[label], whole[label]) = (true, probabilities[place]);
        }

        Fill(Claim(sample, where), whole);
    }

    /// <summary>Takes a class alone.</summary>
    public void AddLabel(long sample, long label, string where)
    {
        var whole = new double[_classCount];
        Array.Fill(whole, (1 - _hardConfidence) / (_classCount - 1));
        whole[RequireClass(label, where)] = _hardConfidence;
        Fill(Claim(sample, where), whole);
    }

    /// <summary>Ends the table, in which every sample must have a row.</summary>
    /// <returns>[N, C] logits.</returns>
    public float[] Complete()
    {
        var missing = Array.IndexOf(_isFilled, false);
        return missing < 0
            ? _logits
            : throw Fault(
                $"an answer to each of {SampleCount} samples", $"none to {_isFilled.Count(filled => !filled)} of them, the first being sample {missing}");
    }

    public DataFaultException Fault(string expected, string found, Exception? inner = null) =>
        new(_path, expected, found, "ask the teacher again about these images, in the form that data/README.md describes", inner);

    private static double MinimumOf(ReadOnlySpan<double> values)
    {
        var smallest = double.PositiveInfinity;
        foreach (var value in values)
        {
            smallest = Math.Min(smallest, value);
        }

        return smallest;
    }

    private Span<float> Claim(long sample, string where)
    {
        if (sample < 0 || sample >= SampleCount)
        {
            throw Fault($"an index of 0 to {SampleCount - 1} in {where}", Text(sample));
        }

        if (_isFilled[sample])
        {
            throw Fault($"one answer to each sample, also in {where}", $"a second one to sample {sample}");
        }

        _isFilled[sample] = true;
        return _logits.AsSpan((int)sample * _classCount, _classCount);
    }

    private double SumOf(ReadOnlySpan<double> probabilities, string where)
    {
        var sum = 0.0;
        foreach (var probability in probabilities)
        {
            sum += probability is >= 0 and <= 1 ? probability : throw Fault($"probabilities of 0 to 1 in {where}", Text(probability));
        }

        return sum;
    }

    private static void Fill(Span<float> row, ReadOnlySpan<double> probabilities)
    {
        var sum = 0.0;
        foreach (var probability in probabilities)
        {
            sum += Math.Max(probability, SmallestProbability);
        }

        for (var label = 0; label < row.Length; label++)
        {
            row[label] = (float)Math.Log(Math.Max(probabilities[label], SmallestProbability) / sum);
        }
    }

    private int RequireClass(long label, string where) => label >= 0 && label < _classCount
        ? (int)label
        : throw Fault($"a class of 0 to {_classCount - 1} in {where}", Text(label));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
