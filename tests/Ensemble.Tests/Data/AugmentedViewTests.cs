using Ensemble.Data;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Data;

/// <summary>What <see cref="ResidentDataset.GatherViews"/> makes of cutout, colour and mixup.</summary>
[Collection(TensorTests.Name)]
public sealed class AugmentedViewTests
{
    private static readonly AugmentationOptions s_everything = new()
    {
        ShiftPixels = 2,
        HorizontalFlip = true,
        CutoutPixels = 3,
        Brightness = 0.4,
        Contrast = 0.3,
        Saturation = 0.5,
        MixupAlpha = 0.7,
    };

    /// <summary>Committed bits: another process, machine or build that gives others breaks stored soft targets.</summary>
    [Fact]
    public void GatherViews_CropAndFlip_AreTheBitsTheyEverWere()
    {
        using var data = Resident(ViewValues.Drawn(20), new AugmentationOptions { ShiftPixels = 2, HorizontalFlip = true });
        using var batch = data.GatherViews([3, 17, 0, 3, 8], 11, 4);

        Assert.Equal("d3e1e06314030cd3b15c2937756a9590209d6b80799043513958662d2eb14b72", ViewValues.Checksum(batch.Images));
    }

    /// <summary>As above, with every variation there is.</summary>
    [Fact]
    public void GatherViews_Everything_AreTheBitsTheyEverWere()
    {
        using var data = Resident(ViewValues.Drawn(20), s_everything);
        using var batch = data.GatherViews([3, 17, 0, 3, 8], 11, 4);

        Assert.Equal("9d563c1a8232f7297ed3585eec4820fe8df262c01b747b706883fccd01b1e9c4", ViewValues.Checksum(batch.Images));
    }

    [Theory]
    [InlineData(1, 3, 8, 1)]
    [InlineData(7, 3, 32, 1)]
    [InlineData(64, 3, 32, 1)]
    [InlineData(64, 3, 16, 2)]
    [InlineData(13, 1, 28, 1)]
    public void GatherViews_OtherBatches_ReplayTheSameBits(int batchSize, int channels, int side, int threads)
    {
        using var data = Resident(ViewValues.Drawn(64, channels, side), s_everything);
        int[] order = [.. Enumerable.Range(0, 64).Reverse()];
        using var all = data.GatherViews(order, 4, 7);
        var expected = ViewValues.Rows(all).Reverse().ToArray();
        var before = torch.get_num_threads();
        try
        {
            torch.set_num_threads(threads);
            foreach (var indices in Enumerable.Range(0, 64).Chunk(batchSize))
            {
                using var batch = data.GatherViews(indices, 4, 7);
                Assert.Equal(indices.SelectMany(index => expected[index]), ViewValues.Of(batch.Images));
            }
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }

    [Fact]
    public void GatherViews_OtherVariationsSwitchedOn_LeaveCropAndFlipAlone()
    {
        var dataset = ViewValues.Drawn(30, minimum: 1);
        using var plain = Resident(dataset, s_everything with { CutoutPixels = 0, Brightness = 0, Contrast = 0, Saturation = 0, MixupAlpha = 0 });
        using var cut = Resident(dataset, s_everything with { Brightness = 0, Contrast = 0, Saturation = 0, MixupAlpha = 0 });
        int[] indices = [.. Enumerable.Range(0, 30)];
        using var expected = plain.GatherViews(indices, 2, 5);
        using var actual = cut.GatherViews(indices, 2, 5);

        var pairs = ViewValues.Of(expected.Images).Zip(ViewValues.Of(actual.Images)).ToArray();

        Assert.All(pairs, pair => Assert.True(pair.Second == pair.First || pair.Second == 0));
        Assert.InRange(pairs.Count(pair => pair.Second != pair.First), 1, 30 * 3 * 9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(40)]
    public void GatherViews_Cutout_BlanksOneSquareAboutAnyPixel(int side)
    {
        const int Size = 6;
        using var data = Resident(ViewValues.Drawn(1, 1, Size, minimum: 255), new AugmentationOptions { CutoutPixels = side });
        var seen = new HashSet<(int Row, int Column)>();
        for (var view = 0; view < 400; view++)
        {
            using var batch = data.GatherViews([0], 1, view);
            var values = ViewValues.Of(batch.Images);
            var middle = Enumerable.Range(0, Size * Size)
                .Select(index => (Row: index / Size, Column: index % Size))
                .Where(middle => Square(middle.Row, middle.Column).SequenceEqual(values));
            seen.UnionWith(middle);
            Assert.Contains(0f, values);
            Assert.Contains(Enumerable.Range(0, Size * Size), index => Square(index / Size, index % Size).SequenceEqual(values));
        }

        Assert.Equal(Size * Size, seen.Count);

        IEnumerable<float> Square(int row, int column) => Enumerable.Range(0, Size * Size).Select(
            index => Covers(row, index / Size) && Covers(column, index % Size) ? 0f : 1f);

        bool Covers(int middle, int place) => place - (middle - (side / 2)) is var distance && distance >= 0 && distance < side;
    }

    [Fact]
    public void GatherViews_CutoutOfNormalisedImages_IsTheMean()
    {
        var dataset = ViewValues.Drawn(4, 3, 8, minimum: 200);
        var statistics = new ChannelStatistics { Mean = [0.1, 0.2, 0.3], StandardDeviation = [0.5, 0.6, 0.7] };
        using var data = new ResidentDataset(dataset, statistics, new AugmentationOptions { CutoutPixels = 4 }, torch.CPU);
        using var batch = data.GatherViews([0, 1, 2, 3], 1, 0);

        Assert.All(ViewValues.Of(batch.Images), value => Assert.True(value is 0 or > 0.4f));
        Assert.DoesNotContain(ViewValues.Of(batch.Images), value => value == 0 && float.IsNegative(value));
    }

    [Fact]
    public void GatherViews_Brightness_IsOneFactorAnImage()
    {
        var factors = Factors(
            new AugmentationOptions { Brightness = 0.5 }, 100, 160, (_, _) => 0);

        Assert.All(factors, row => Assert.All(row.Original.Zip(row.Varied), pair => Assert.Equal(pair.First * row.Factor, pair.Second, 1e-5)));
        AssertUniform(factors.Select(row => row.Factor), 0.5);
    }

    [Fact]
    public void GatherViews_Contrast_KeepsTheMeanGrey()
    {
        var factors = Factors(
            new AugmentationOptions { Contrast = 0.5 }, 100, 150, (image, _) => MeanGrey(image));

        Assert.All(
            factors,
            row => Assert.All(
                row.Original.Zip(row.Varied),
                pair => Assert.Equal(((pair.First - MeanGrey(row.Original)) * row.Factor) + MeanGrey(row.Original), pair.Second, 1e-5)));
        AssertUniform(factors.Select(row => row.Factor), 0.5);
    }

    [Fact]
    public void GatherViews_Saturation_KeepsThePixelsGrey()
    {
        var factors = Factors(
            new AugmentationOptions { Saturation = 0.5 }, 100, 150, (image, index) => Grey(image, index % 64));

        Assert.All(
            factors,
            row => Assert.All(
                Enumerable.Range(0, row.Original.Length),
                index => Assert.Equal(
                    ((row.Original[index] - Grey(row.Original, index % 64)) * row.Factor) + Grey(row.Original, index % 64), row.Varied[index], 1e-5)));
        AssertUniform(factors.Select(row => row.Factor), 0.5);
    }

    [Fact]
    public void GatherViews_SaturationOfGreyImages_ChangesNothing()
    {
        using var data = Resident(ViewValues.Drawn(20, 1), new AugmentationOptions { Saturation = 1 });
        int[] indices = [.. Enumerable.Range(0, 20)];
        using var plain = data.Gather(indices);
        using var varied = data.GatherViews(indices, 1, 0);

        Assert.All(ViewValues.Of(plain.Images).Zip(ViewValues.Of(varied.Images)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    /// <summary>Factor by factor, as the summary of the three says, in double precision.</summary>
    [Fact]
    public void GatherViews_AllColours_AreAppliedInOrderAndClippedOnce()
    {
        var dataset = ViewValues.Drawn(40);
        var options = new AugmentationOptions { Brightness = 0.9, Contrast = 0.8, Saturation = 0.7 };
        using var data = Resident(dataset, options);
        int[] indices = [.. Enumerable.Range(0, 40)];
        using var plain = data.Gather(indices);
        using var varied = data.GatherViews(indices, 6, 2);
        var rows = ViewValues.Rows(plain).Zip(ViewValues.Rows(varied)).ToArray();

        for (var sample = 0; sample < rows.Length; sample++)
        {
            var stream = new RandomStream(6, "data/colour", 2, (ulong)sample);
            double[] factors = [.. new[] { 0.9, 0.8, 0.7 }.Select(spread => 1 + (spread * ((2 * stream.NextDouble()) - 1)))];
            var expected = Vary([.. rows[sample].First.Select(value => (double)value)], factors[0], factors[1], factors[2]);
            Assert.All(expected.Zip(rows[sample].Second), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }

        Assert.Contains(rows.SelectMany(row => row.Second), value => value == 0);
        Assert.Contains(rows.SelectMany(row => row.Second), value => Math.Abs(value - 1) < 1e-6);
    }

    [Fact]
    public void Gather_WithEveryVariation_GivesTheImagesAsTheyAre()
    {
        var dataset = ViewValues.Drawn(6);
        using var data = Resident(dataset, s_everything);
        using var batch = data.Gather([5, 2]);

        Assert.Equal([.. dataset.Image(5), .. dataset.Image(2)], ViewValues.Of(batch.Images).Select(value => (byte)Math.Round(value * 255)));
        Assert.Null(batch.MixLabels);
        Assert.Null(batch.MixWeights);
        Assert.Null(batch.View);
        Assert.True(batch.MixIndices.IsEmpty);
    }

    [Fact]
    public void GatherViews_Mixup_IsTheSumOfTwoViewsByTheirShares()
    {
        var dataset = ViewValues.Drawn(25);
        using var plain = Resident(dataset, s_everything with { MixupAlpha = 0 });
        using var mixed = Resident(dataset, s_everything);
        int[] indices = [.. Enumerable.Range(0, 25)];
        using var views = plain.GatherViews(indices, 9, 1);
        using var batch = mixed.GatherViews(indices, 9, 1);
        var (own, rows) = (ViewValues.Rows(views), ViewValues.Rows(batch));
        var weights = batch.MixWeights!.data<float>().ToArray();
        var partners = batch.MixIndices.ToArray();

        for (var row = 0; row < 25; row++)
        {
            var expected = own[row].Zip(own[partners[row]], (first, second) => ((1 - weights[row]) * first) + (weights[row] * second));
            Assert.All(expected.Zip(rows[row]), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }

        Assert.Equal(partners.Select(partner => (long)dataset.Labels.Span[partner]), batch.MixLabels!.data<long>().ToArray());
        Assert.Equal(indices.Select(index => (long)dataset.Labels.Span[index]), batch.Labels.data<long>().ToArray());
        Assert.Equal(1, batch.View);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(4)]
    public void GatherViews_MixupShares_AreOfTheBetaDistribution(double alpha)
    {
        using var data = Resident(ViewValues.Drawn(50, 1, 1), new AugmentationOptions { MixupAlpha = alpha });
        var weights = new List<double>();
        var partners = new int[50];
        for (var view = 0; view < 80; view++)
        {
            using var batch = data.GatherViews([.. Enumerable.Range(0, 50)], 1, view);
            weights.AddRange(batch.MixWeights!.data<float>().ToArray().Select(weight => (double)weight));
            foreach (var partner in batch.MixIndices.Span)
            {
                partners[partner]++;
            }
        }

        // 4,000 draws of deviation at most 0.5; 80 partnerships a sample, deviation 9.
        var variance = 1 / (4 * ((2 * alpha) + 1));
        var mean = weights.Average();
        Assert.All(weights, weight => Assert.InRange(weight, 0, 1));
        Assert.Equal(0.5, mean, 4 * Math.Sqrt(variance / 4000));
        Assert.Equal(variance, weights.Average(weight => (weight - mean) * (weight - mean)), 0.06 * variance);
        Assert.All(partners, count => Assert.InRange(count, 40, 125));
    }

    [Fact]
    public void GatherViews_ThenDispose_LeavesNoTensors()
    {
        var before = LiveTensors.Count();
        using (var data = Resident(ViewValues.Drawn(5), s_everything))
        {
            using (torch.NewDisposeScope())
            {
                data.GatherViews([1, 2], 1, 0).Dispose();
            }

            data.GatherViews([1, 2], 1, 0).Dispose();
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    private static ResidentDataset Resident(ImageDataset dataset, AugmentationOptions options) =>
        new(dataset, ViewValues.Identity(dataset.Shape.Channels), options, torch.CPU);

    // The factor of an image's differences from something, taken where they are largest.
    private static (float[] Original, float[] Varied, double Factor)[] Factors(
        AugmentationOptions options, int minimum, int maximum, Func<float[], int, double> referenceOf)
    {
        using var data = Resident(ViewValues.Drawn(200, 3, 8, minimum, maximum), options);
        int[] indices = [.. Enumerable.Range(0, 200)];
        using var plain = data.Gather(indices);
        using var varied = data.GatherViews(indices, 1, 0);
        return [.. ViewValues.Rows(plain).Zip(ViewValues.Rows(varied), (original, row) => (original, row, FactorOf(original, row)))];

        double FactorOf(float[] original, float[] row)
        {
            var index = Enumerable.Range(0, original.Length).MaxBy(index => Math.Abs(original[index] - referenceOf(original, index)));
            var reference = referenceOf(original, index);
            return (row[index] - reference) / (original[index] - reference);
        }
    }

    private static void AssertUniform(IEnumerable<double> factors, double spread)
    {
        var values = factors.ToArray();
        Assert.All(values, value => Assert.InRange(value, 1 - spread - 1e-3, 1 + spread + 1e-3));
        Assert.Equal(1, values.Average(), 4 * spread / Math.Sqrt(3 * values.Length));
        Assert.True(values.Max() - values.Min() > 1.8 * spread);
    }

    private static double Grey(IReadOnlyList<float> image, int pixel) =>
        (0.299 * image[pixel]) + (0.587 * image[64 + pixel]) + (0.114 * image[128 + pixel]);

    private static double MeanGrey(IReadOnlyList<float> image) => Enumerable.Range(0, 64).Average(pixel => Grey(image, pixel));

    private static double[] Vary(double[] image, double brightness, double contrast, double saturation)
    {
        double[] lit = [.. image.Select(value => brightness * value)];
        var mean = Enumerable.Range(0, 64).Average(pixel => GreyOf(lit, pixel));
        double[] contrasted = [.. lit.Select(value => (contrast * value) + ((1 - contrast) * mean))];
        return [.. contrasted.Select((value, index) => Math.Clamp((saturation * value) + ((1 - saturation) * GreyOf(contrasted, index % 64)), 0, 1))];

        static double GreyOf(double[] values, int pixel) =>
            (0.299 * values[pixel]) + (0.587 * values[64 + pixel]) + (0.114 * values[128 + pixel]);
    }
}
