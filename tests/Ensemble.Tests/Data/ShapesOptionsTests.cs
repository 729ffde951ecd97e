using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class ShapesOptionsTests
{
    [Fact]
    public void Validate_Defaults_Passes() => new ShapesOptions().Validate();

    [Fact]
    public void Validate_SeveralFaults_NamesAll()
    {
        var options = new ShapesOptions
        {
            TrainCount = 0, SizePixels = 1000, NoiseMaximum = double.NaN, ElongationMinimum = 2,
            ElongationMaximum = 1.5,
        };

        var exception = Assert.Throws<ArgumentException>(options.Validate);

        Assert.Equal(
            "ShapesOptions: TrainCount must be 10 to 500000, is 0; SizePixels must be 16 to 128, is 1000; "
            + "ElongationMaximum must be 2 to 4, is 1.5; NoiseMaximum must be 0.01 to 1, is NaN",
            exception.Message);
    }

    [Fact]
    public void Validate_MoreThanFitsInOneArray_IsAFault()
    {
        var exception = Assert.Throws<ArgumentException>(
            new ShapesOptions { TrainCount = 500_000, SizePixels = 128 }.Validate);

        Assert.Contains("must fit", exception.Message, StringComparison.Ordinal);
    }
}
