using Ensemble.Data;
using Ensemble.Tests.Oracle;
using Ensemble.Training;

namespace Ensemble.Tests.Training;

public sealed class TrainingOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreInRange() => new TrainingOptions().Validate();

    [Fact]
    public void Validate_EverythingOutOfRange_NamesAllAtOnce()
    {
        var options = new TrainingOptions
        {
            Epochs = 0,
            BatchSize = 0,
            LearningRate = double.NaN,
            Momentum = 1,
            WeightDecay = -1,
            WarmupShare = 1,
            Schedule = (LearningRateSchedule)9,
            Precision = (Ensemble.Acceleration.Precision)9,
            Augmentation = new AugmentationOptions { ShiftPixels = -1 },
        };

        var fault = Assert.Throws<ArgumentException>(options.Validate);

        string[] names =
        [
            nameof(options.Epochs), nameof(options.BatchSize), nameof(options.LearningRate), nameof(options.Momentum),
            nameof(options.WeightDecay), nameof(options.WarmupShare), nameof(options.Schedule), nameof(options.Precision),
            nameof(AugmentationOptions.ShiftPixels),
        ];
        Assert.All(names, name => Assert.Contains(name, fault.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0)]
    [InlineData(-0.1)]
    public void Validate_LearningRateOutOfRange_Throws(double learningRate) =>
        Assert.Throws<ArgumentException>(new TrainingOptions { LearningRate = learningRate }.Validate);

    [Fact]
    public void LearningRateAt_Warmup_RisesInEqualStepsToThePeak()
    {
        var options = new TrainingOptions { LearningRate = 0.8, WarmupShare = 0.4, Schedule = LearningRateSchedule.Constant };

        // 4 of 10 steps: 0.8 / 4 and so on; the peak at the fourth, and ever after.
        double[] expected = [0.2, 0.4, 0.6, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8];
        Assert.All(expected, (rate, step) => Assert.Equal(rate, options.LearningRateAt(step, 10), 1e-12));
    }

    [Fact]
    public void LearningRateAt_WarmupOfAFractionOfSteps_NeverPassesThePeak()
    {
        var options = new TrainingOptions { LearningRate = 1, WarmupShare = 0.25, Schedule = LearningRateSchedule.Constant };

        // 2.5 of 10 steps: 1 / 2.5, 2 / 2.5, then the peak.
        double[] expected = [0.4, 0.8, 1, 1];
        Assert.All(expected, (rate, step) => Assert.Equal(rate, options.LearningRateAt(step, 10), 1e-12));
    }

    [Fact]
    public void LearningRateAt_Cosine_FallsFromThePeakTowardsZero()
    {
        var options = new TrainingOptions { LearningRate = 2, WarmupShare = 0.2, Schedule = LearningRateSchedule.Cosine };

        Assert.Equal(1, options.LearningRateAt(0, 10), 1e-12);
        Assert.Equal(2, options.LearningRateAt(1, 10), 1e-12);
        Assert.Equal(2, options.LearningRateAt(2, 10), 1e-12);
        // A quarter, half and three quarters of the way from step 2 to step 10.
        Assert.Equal(1 + Math.Sqrt(0.5), options.LearningRateAt(4, 10), 1e-12);
        Assert.Equal(1, options.LearningRateAt(6, 10), 1e-12);
        Assert.Equal(1 - Math.Sqrt(0.5), options.LearningRateAt(8, 10), 1e-12);
        Assert.Equal(1 + Math.Cos(Math.PI * 7 / 8), options.LearningRateAt(9, 10), 1e-12);
        Assert.Equal(0, options.LearningRateAt(10, 10), 1e-12);
    }

    [Fact]
    public void LearningRateAt_Step_IsDividedAtTheBenchmarksEpochs()
    {
        var options = new TrainingOptions { LearningRate = 0.05, WarmupShare = 0, Schedule = LearningRateSchedule.Step };

        // 240 epochs of 10 steps: a tenth at the beginning of the epochs 150, 180 and 210.
        (int Step, double Rate)[] expected =
        [
            (0, 0.05), (1499, 0.05), (1500, 0.005), (1799, 0.005), (1800, 0.0005), (2099, 0.0005), (2100, 0.00005), (2399, 0.00005),
        ];
        Assert.All(expected, entry => Assert.Equal(entry.Rate, options.LearningRateAt(entry.Step, 2400), 1e-12));
    }

    [Theory]
    [InlineData(LearningRateSchedule.Constant)]
    [InlineData(LearningRateSchedule.Cosine)]
    [InlineData(LearningRateSchedule.Step)]
    public void LearningRateAt_AnyRun_IsPositiveAndReachesThePeakOnce(LearningRateSchedule schedule)
    {
        foreach (var total in new[] { 1, 2, 3, 7, 40, 1001 })
        {
            foreach (var share in new[] { 0, 0.05, 0.1, 0.33, 0.5 })
            {
                var options = new TrainingOptions { LearningRate = 0.3, WarmupShare = share, Schedule = schedule };
                var rates = Enumerable.Range(0, total).Select(step => options.LearningRateAt(step, total)).ToArray();

                Assert.All(rates, rate => Assert.InRange(rate, 1e-9, 0.3 + 1e-12));
                Assert.Equal(0.3, rates.Max(), 1e-12);
            }
        }
    }

    [Fact]
    public void LearningRateAt_TheTwinsOptions_EqualThePythonScripts()
    {
        var twin = PyTorchFixture.Read<TrainingCases>("training.json");
        var options = new TrainingOptions { LearningRate = twin.LearningRate, WarmupShare = twin.WarmupShare };

        Assert.All(twin.LearningRates, (rate, step) => Assert.Equal(rate, options.LearningRateAt(step, twin.Steps), 1e-12));
    }

    [Fact]
    public void LearningRateAt_NoSteps_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions().LearningRateAt(0, 0));
}
