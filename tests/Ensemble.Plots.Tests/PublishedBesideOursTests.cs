namespace Ensemble.Plots.Tests;

public sealed class PublishedBesideOursTests
{
    private static readonly ComparisonOptions s_options = new() { Quantity = "test errors" };

    [Fact]
    public void Draw_PaperAndSeeds_NamesEveryPlaceAndSaysWhatBarsAre()
    {
        var svg = PublishedBesideOurs.Draw([new("large", 67, [66]), new("small", 74, [80, 78, 82]), new("new", null, [55])], s_options).ToSvg();

        Assert.All(["large", "small", "new", "the paper", "here", "test errors", "means of up to 3 seeds; bars from the lowest to the highest"], text => Assert.Contains(text, svg, StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_OtherValues_IsAnotherPicture()
    {
        var one = PublishedBesideOurs.Draw([new("a", 67, [66]), new("b", 74, [80])], s_options).ToSvg();

        Assert.NotEqual(one, PublishedBesideOurs.Draw([new("a", 67, [66]), new("b", 74, [70])], s_options).ToSvg());
        Assert.NotEqual(one, PublishedBesideOurs.Draw([new("a", 60, [66]), new("b", 74, [80])], s_options).ToSvg());
    }

    [Fact]
    public void Draw_NothingOrNotFinite_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => PublishedBesideOurs.Draw([], s_options));
        Assert.Throws<ArgumentException>(() => PublishedBesideOurs.Draw([new("a", null, [])], s_options));
        Assert.Throws<ArgumentException>(() => PublishedBesideOurs.Draw([new("a", double.NaN, [])], s_options));
    }
}
