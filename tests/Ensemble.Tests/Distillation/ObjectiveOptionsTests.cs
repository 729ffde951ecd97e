using Ensemble.Distillation;
using Ensemble.Teachers;

namespace Ensemble.Tests.Distillation;

public sealed class ObjectiveOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreInRange() => new ObjectiveOptions().Validate();

    [Fact]
    public void Validate_SeveralOutOfRange_NamesAll()
    {
        var options = new ObjectiveOptions { Temperature = double.NaN, HardWeight = 1.5, Averaging = (Averaging)7 };

        var fault = Assert.Throws<ArgumentException>(options.Validate);

        Assert.Contains(nameof(options.Temperature), fault.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(options.HardWeight), fault.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(options.Averaging), fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(-1, 0.5)]
    [InlineData(1000.5, 0.5)]
    [InlineData(double.PositiveInfinity, 0.5)]
    [InlineData(4, -0.01)]
    [InlineData(4, 1.01)]
    [InlineData(4, double.NaN)]
    public void Validate_OutOfRange_Throws(double temperature, double hardWeight) =>
        Assert.Throws<ArgumentException>(new ObjectiveOptions { Temperature = temperature, HardWeight = hardWeight }.Validate);

    [Fact]
    public void Validate_EveryNewOptionOutOfRange_NamesAll()
    {
        var options = new ObjectiveOptions
        {
            SoftWeight = -1,
            LabelSmoothing = 1,
            DkdAlpha = -1,
            DkdBeta = double.NaN,
            DistInterWeight = -0.5,
            DistIntraWeight = double.PositiveInfinity,
            HintWeight = -1,
            HintStage = 101,
            AttentionWeight = double.NegativeInfinity,
        };

        var fault = Assert.Throws<ArgumentException>(options.Validate);

        Assert.All(
            new[]
            {
                nameof(options.SoftWeight), nameof(options.LabelSmoothing), nameof(options.DkdAlpha), nameof(options.DkdBeta), nameof(options.DistInterWeight),
                nameof(options.DistIntraWeight), nameof(options.HintWeight), nameof(options.HintStage), nameof(options.AttentionWeight),
            },
            name => Assert.Contains(name, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_NeitherHardNorSoftWeight_Throws() =>
        Assert.Throws<ArgumentException>(new ObjectiveOptions { HardWeight = 0, SoftWeight = 0 }.Validate);

    [Fact]
    public void Json_Options_ComeBackEqual()
    {
        var options = new ObjectiveOptions { SoftWeight = 9, DkdBeta = 2, HintStage = 3, Averaging = Averaging.Fitted };

        Assert.Equal(options, System.Text.Json.JsonSerializer.Deserialize<ObjectiveOptions>(System.Text.Json.JsonSerializer.Serialize(options)));
    }
}
