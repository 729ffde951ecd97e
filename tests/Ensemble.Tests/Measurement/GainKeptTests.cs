using Ensemble.Measurement;

namespace Ensemble.Tests.Measurement;

public sealed class GainKeptTests
{
    /// <summary>Hinton et al. 2015, table 1: 58.9 alone, 61.1 the ensemble, 60.8 distilled: 1.9 of 2.2.</summary>
    [Fact]
    public void Measure_ThePapersSpeechModel_Is86Percent() =>
        Assert.Equal(1.9 / 2.2, GainKept.Measure(0.608, 0.589, 0.611)!.Value, 1e-9);

    [Theory]
    [InlineData(0.9, 0.8, 0.9, 1.0)]
    [InlineData(0.8, 0.8, 0.9, 0.0)]
    [InlineData(1.0, 0.75, 0.875, 2.0)]
    [InlineData(0.7, 0.8, 0.9, -1.0)]
    public void Measure_LimitingCases_AreAsDefined(double student, double baseline, double ensemble, double expected) =>
        Assert.Equal(expected, GainKept.Measure(student, baseline, ensemble)!.Value, 1e-9);

    [Theory]
    [InlineData(0.8)]
    [InlineData(0.7)]
    public void Measure_EnsembleNoBetter_IsNull(double ensemble) => Assert.Null(GainKept.Measure(0.9, 0.8, ensemble));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(90.0)]
    public void Measure_NoShare_IsRefused(double accuracy)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GainKept.Measure(accuracy, 0.5, 0.6));
        Assert.Throws<ArgumentOutOfRangeException>(() => GainKept.Measure(0.5, accuracy, 0.6));
        Assert.Throws<ArgumentOutOfRangeException>(() => GainKept.Measure(0.5, 0.6, accuracy));
    }
}
