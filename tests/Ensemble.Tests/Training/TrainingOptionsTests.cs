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
            Optimizer = (OptimizerKind)9,
            DecayedParameters = (WeightDecayScope)9,
            MaxNorm = -1,
            LabelSmoothing = 1,
            EmaDecay = 1,
            LookaheadSteps = -1,
            Augmentation = new AugmentationOptions { ShiftPixels = -1 },
        };

        var fault = Assert.Throws<ArgumentException>(options.Validate);

        string[] names =
        [
            nameof(options.Epochs), nameof(options.BatchSize), nameof(options.LearningRate), nameof(options.Momentum),
            nameof(options.WeightDecay), nameof(options.WarmupShare), nameof(options.Schedule), nameof(options.Precision),
            nameof(AugmentationOptions.ShiftPixels), nameof(options.Optimizer), nameof(options.DecayedParameters), nameof(options.MaxNorm),
            nameof(options.LabelSmoothing), nameof(options.EmaDecay), nameof(options.LookaheadSteps),
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
    [InlineData(LearningRateSchedule.Linear)]
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
    public void LearningRateAt_Linear_FallsInEqualStepsFromThePeak()
    {
        var options = new TrainingOptions { LearningRate = 1, WarmupShare = 0.2, Schedule = LearningRateSchedule.Linear };

        double[] expected = [0.5, 1, 1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125];
        Assert.All(expected, (rate, step) => Assert.Equal(rate, options.LearningRateAt(step, 10), 1e-12));
    }

    // torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=..., pct_start=..., cycle_momentum=False) of PyTorch 1.13.1.
    [Theory]
    [InlineData(0.3, new[] { 0.040000000000000036, 0.52, 1.0, 0.9504846320134737, 0.8117456539497631, 0.6112620219362893, 0.38874197806371075, 0.18825834605023697, 0.049519367986526286, 4e-06 })]
    [InlineData(0.25, new[] { 0.040000000000000036, 0.1805887450304573, 0.52, 0.8594112549695427, 1.0, 0.9890738440717014, 0.9567729017303851, 0.904508879153485, 0.8345659649182164, 0.750001, 0.654509879153485, 0.5522660225769003, 0.4477379774230999, 0.3454941208465151, 0.2500030000000001, 0.16543803508178376, 0.09549512084651508, 0.04323109826961479, 0.010930155928298624, 4e-06 })]
    public void LearningRateAt_OneCycle_EqualsPyTorch(double warmupShare, double[] expected)
    {
        var options = new TrainingOptions { LearningRate = 3, WarmupShare = warmupShare, Schedule = LearningRateSchedule.OneCycle };

        Assert.All(expected, (rate, step) => Assert.Equal(3 * rate, options.LearningRateAt(step, expected.Length), 1e-12));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void LearningRateAt_OneCycleOfFewSteps_StaysWithinItsEnds(int total)
    {
        foreach (var share in new[] { 0, 0.1, 0.5, 0.9 })
        {
            var options = new TrainingOptions { LearningRate = 1, WarmupShare = share, Schedule = LearningRateSchedule.OneCycle };

            Assert.All(Enumerable.Range(0, total), step => Assert.InRange(options.LearningRateAt(step, total), 4e-6, 1));
        }
    }

    [Fact]
    public void Validate_TwoSetsOfWeights_IsRefused() =>
        Assert.Throws<ArgumentException>(new TrainingOptions { EmaDecay = 0.9, LookaheadSteps = 5 }.Validate);

    [Fact]
    public void Serialize_OptionsThatCameLater_AreLeftOutWhileTheyHaveTheirDefault()
    {
        // The hash of a stage that an earlier version finished must stay what it was.
        var standard = Ensemble.Storage.CanonicalJson.Serialize(new TrainingOptions());
        var used = Ensemble.Storage.CanonicalJson.Serialize(new TrainingOptions { Optimizer = OptimizerKind.AdamW, EmaDecay = 0.5 });

        Assert.DoesNotContain("optimizer", standard, StringComparison.Ordinal);
        Assert.DoesNotContain("lookahead", standard, StringComparison.Ordinal);
        Assert.Contains("\"optimizer\":\"adamW\"", used, StringComparison.Ordinal);
        Assert.Contains("\"emaDecay\":0.5", used, StringComparison.Ordinal);
    }

    [Fact]
    public void LearningRateAt_NoSteps_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions().LearningRateAt(0, 0));
}
