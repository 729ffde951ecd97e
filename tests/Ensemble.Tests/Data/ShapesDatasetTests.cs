using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class ShapesDatasetTests
{
    private static readonly ShapesOptions Small = new() { TrainCount = 200, TestCount = 100 };

    [Fact]
    public void Draw_Defaults_GivesTenBalancedClasses()
    {
        var splits = ShapesDataset.Draw(Small);

        Assert.Equal("shapes", splits.Name);
        Assert.Equal(new ImageShape(3, 32, 32), splits.Train.Shape);
        Assert.Equal(Enumerable.Repeat(20, 10), splits.Train.CountPerClass());
        Assert.Equal(Enumerable.Repeat(10, 10), splits.Test.CountPerClass());
        Assert.Equal(
            ["circle", "ellipse", "ring", "triangle", "square", "rectangle", "pentagon", "hexagon", "star", "cross"],
            splits.Train.ClassNames);
    }

    [Fact]
    public void Draw_AnyNumberOfThreads_GivesTheSameBytes()
    {
        var alone = ShapesDataset.Draw(Small, maximumThreads: 1);

        foreach (var threads in new[] { 2, 7, -1 })
        {
            var together = ShapesDataset.Draw(Small, threads);
            Assert.Equal(alone.Train.Checksum, together.Train.Checksum);
            Assert.Equal(alone.Test.Checksum, together.Test.Checksum);
        }
    }

    [Fact]
    public void Draw_MoreImages_BeginsWithTheSameImages()
    {
        var few = ShapesDataset.Draw(Small).Train;
        var many = ShapesDataset.Draw(Small with { TrainCount = 300 }).Train;

        Assert.Equal(few.Pixels.ToArray(), many.Pixels[..few.Pixels.Length].ToArray());
    }

    [Fact]
    public void Draw_TrainTestAndSeeds_ShareNoImage()
    {
        var first = ShapesDataset.Draw(Small);
        var second = ShapesDataset.Draw(Small with { Seed = 2 });
        ImageDataset[] all = [first.Train, first.Test, second.Train, second.Test];

        var images = all.SelectMany(dataset => Enumerable.Range(0, dataset.Count)
            .Select(index => Convert.ToBase64String(dataset.Image(index))));

        Assert.Equal(600, images.Distinct().Count());
    }

    /// <summary>
    /// Written down once, on x64 Linux: the promise that every machine draws the same bytes. It changes when the
    /// drawing does, and then on purpose; models trained before are then of another data set.
    /// </summary>
    [Fact]
    public void Draw_KnownOptions_GivesTheBytesWrittenDown() => Assert.Equal(
        "df9f7b297d9d78dd02b58ce2d87ad4c616f2bff4a7dc9c0d8f157be8a957d75a",
        ShapesDataset.Draw(new ShapesOptions { TrainCount = 200, TestCount = 100 }).Train.Checksum);

    [Theory]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(128)]
    public void Draw_OtherSizes_Fit(int sizePixels)
    {
        var splits = ShapesDataset.Draw(Small with { TrainCount = 20, TestCount = 10, SizePixels = sizePixels });

        Assert.Equal(new ImageShape(3, sizePixels, sizePixels), splits.Train.Shape);
    }

    [Fact]
    public void Draw_ExtremeOptions_DrawsAll()
    {
        var options = new ShapesOptions
        {
            TrainCount = 200, TestCount = 10, RadiusMinimum = 0.05, RadiusMaximum = 0.5, ShiftMaximum = 0.5,
            ElongationMinimum = 1, ElongationMaximum = 4, AspectJitterMaximum = 4, RoundingMaximum = 0.9,
            ContrastMinimum = 0, ContrastMaximum = 0.5, TextureMaximum = 1, ClutterMaximum = 100,
            OccluderMaximum = 100, NoiseMinimum = 0, NoiseMaximum = 1,
        };

        Assert.Equal(200, ShapesDataset.Draw(options).Train.Count);
    }

    /// <summary>
    /// Without clutter, noise, texture or tilt of contrast, the figure is one colour on another. Each class has the
    /// circle's area, pi r^2, but for what rounding takes from corners and holes from rings.
    /// </summary>
    [Fact]
    public void Draw_BareFigures_HaveTheCirclesArea()
    {
        var options = new ShapesOptions
        {
            TrainCount = 100, TestCount = 10, SizePixels = 64, RadiusMinimum = 0.2, RadiusMaximum = 0.2,
            ShiftMaximum = 0.05,
            RoundingMaximum = 0, ContrastMinimum = 0.5, TextureMaximum = 0, ClutterMaximum = 0, OccluderMaximum = 0,
            NoiseMinimum = 0, NoiseMaximum = 0,
        };

        var train = ShapesDataset.Draw(options).Train;

        for (var index = 0; index < train.Count; index++)
        {
            if (train.ClassNames[train.Labels.Span[index]] != "ring")
            {
                Assert.Equal(Math.PI * 12.8 * 12.8, MeasureArea(train, index), 12.0);
            }
        }
    }

    [Fact]
    public void Draw_InvalidOptions_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ShapesDataset.Draw(new ShapesOptions { TestCount = 0 }));

    /// <summary>The channel of greatest contrast, as a share of that contrast: a pixel half covered counts a
    /// half.</summary>
    private static double MeasureArea(ImageDataset dataset, int index)
    {
        var image = dataset.Image(index);
        var best = 0.0;
        var bestContrast = 0;
        foreach (var channel in Enumerable.Range(0, 3))
        {
            var plane = image.Slice(channel * 64 * 64, 64 * 64).ToArray();
            var contrast = plane[(32 * 64) + 32] - plane[0];
            if (Math.Abs(contrast) > Math.Abs(bestContrast))
            {
                bestContrast = contrast;
                best = plane.Sum(value => (double)(value - plane[0])) / contrast;
            }
        }

        return best;
    }
}
