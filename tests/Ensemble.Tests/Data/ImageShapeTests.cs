using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class ImageShapeTests
{
    [Fact]
    public void ValueCount_OfCifar_Is3072() => Assert.Equal(3072, new ImageShape(3, 32, 32).ValueCount);

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, -1)]
    [InlineData(3, 65536, 65536)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    public void Constructor_NoOrTooManyValues_IsRefused(int channels, int height, int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageShape(channels, height, width));

    [Fact]
    public void ToString_OfCifar_IsAsWritten() => Assert.Equal("3x32x32", new ImageShape(3, 32, 32).ToString());
}
