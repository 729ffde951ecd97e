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
}
