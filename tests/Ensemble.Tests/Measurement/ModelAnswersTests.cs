using Ensemble.Measurement;

namespace Ensemble.Tests.Measurement;

public sealed class ModelAnswersTests
{
    [Fact]
    public void Probabilities_AtATemperature_AreTheSoftmaxOfTheLogits()
    {
        var answers = ModelAnswers.FromLogits([2f, 0f, -2f], 3);

        var softened = answers.Probabilities(0, 2);

        // softmax(1, 0, -1) by hand.
        Assert.Equal([0.66524, 0.24473, 0.09003], softened.Select(probability => Math.Round(probability, 5)), (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.Equal(1, softened.Sum(), 12);
    }

    [Fact]
    public void FromLogits_ClassesThatHalfPrecisionCannotTellApart_KeepTheirTop1()
    {
        // In half precision both are -0.693: the lower class would win.
        float[] logits = [10f, 10.00001f, 0f, 5f, 5.000001f, 5.000002f];

        var answers = ModelAnswers.FromLogits(logits, 3);

        Assert.Equal(1, answers.Top1(0));
        Assert.Equal(2, answers.Top1(1));
    }

    [Fact]
    public void FromLogits_ManyRandomRows_HaveTheTop1OfTheLogits()
    {
        var stream = new Ensemble.Data.RandomStream(3, "tests/answers");
        float[] logits = [.. Enumerable.Range(0, 5000).Select(_ => (stream.NextUInt32() % 4096) / 8192f)];

        var answers = ModelAnswers.FromLogits(logits, 10);

        for (var image = 0; image < answers.Count; image++)
        {
            var row = logits[(image * 10)..((image + 1) * 10)];
            Assert.Equal(Array.IndexOf(row, row.Max()), answers.Top1(image));
        }
    }

    [Fact]
    public void Constructor_ValuesThatAreNoAnswers_AreRefused()
    {
        Assert.Contains("no whole rows", Assert.Throws<ArgumentException>(() => new ModelAnswers(new Half[4], 3)).Message, StringComparison.Ordinal);
        Assert.Contains("image 1, class 0", Assert.Throws<ArgumentException>(() => new ModelAnswers(new[] { Half.Zero, Half.Zero, Half.NaN, Half.Zero }, 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelAnswers.FromLogits([1f], 1).Probabilities(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelAnswers.FromLogits([1f], 1).Top1(1));
    }
}
