using Ensemble.Data.Images;

namespace Ensemble.Tests.Data.Images;

public sealed class ImageSizeRuleTests
{
    [Theory]
    [InlineData(28, 28, 28, 28)]
    [InlineData(64, 48, 64, 48)]
    [InlineData(96, 96, 64, 64)]
    [InlineData(640, 480, 64, 64)]
    [InlineData(65, 50, 48, 48)]
    [InlineData(5, 5, 8, 8)]
    public void Choose_AllEqual_IsThatSizeUpToTheLargest(int width, int height, int chosenWidth, int chosenHeight)
    {
        var chosen = ImageSizeRule.Choose([(width, height), (width, height)]);

        Assert.Equal((chosenWidth, chosenHeight), (chosen.Width, chosen.Height));
    }

    [Fact]
    public void Choose_Mixed_IsASquareOfTheMedianShorterSide()
    {
        var chosen = ImageSizeRule.Choose([(30, 500), (47, 100), (300, 200)]);

        Assert.Equal((44, 44), (chosen.Width, chosen.Height));
        Assert.Equal("44x44, from a median shorter side of 47 pixels (30 to 200)", chosen.Reason);
    }
}
