using Ensemble.Data;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Data;

[Collection(TensorTests.Name)]
public sealed class ResidentDatasetTests
{
    private static readonly AugmentationOptions s_shiftAndFlip = new() { ShiftPixels = 2, HorizontalFlip = true };

    [Fact]
    public void GatherViews_ManyEpochs_GiveEveryShiftOfTheRightSampleAndMirrorHalf()
    {
        using var data = MarkedImages.Resident(40, s_shiftAndFlip);
        var views = Enumerable.Range(0, 50).SelectMany(epoch => ReadAll(data, Reversed(40), 9, epoch)).ToArray();

        // 2,000 views of 25 shifts: 80 of each, deviation 9; mirrored 1,000, deviation 22.
        Assert.Equal(25, views.Select(view => (view.Down, view.Across)).Distinct().Count());
        Assert.All(views, view => Assert.True(view is { Down: >= -2 and <= 2, Across: >= -2 and <= 2 }));
        Assert.All(views.GroupBy(view => (view.Down, view.Across)), shift => Assert.InRange(shift.Count(), 40, 125));
        Assert.InRange(views.Count(view => view.Mirrored), 890, 1110);
        Assert.Equal(50, views.GroupBy(view => (view.Down, view.Across, view.Mirrored)).Count());
    }

    [Fact]
    public void GatherViews_RowsAndLabels_AreThoseOfTheIndices()
    {
        using var data = MarkedImages.Resident(40, s_shiftAndFlip);
        int[] indices = [17, 3, 3, 39, 0, 21];

        using var batch = data.GatherViews(indices, 1, 0);

        Assert.Equal(indices, batch.Indices.ToArray());
        Assert.Equal(indices.Length, batch.Count);
        Assert.Equal(indices, Read(batch).Select(view => view.Sample));
        Assert.Equal(indices.Select(index => (long)MarkedImages.LabelOf(index)), batch.Labels.data<long>().ToArray());
        Assert.Equal(torch.ScalarType.Int64, batch.Labels.dtype);
    }

    [Fact]
    public void GatherViews_OtherBatchesAndOrders_ReplayTheSameBits()
    {
        using var data = MarkedImages.Resident(30, s_shiftAndFlip);
        using var all = data.GatherViews(Reversed(30), 4, 7);
        var expected = PyTorchFixture.Values(all.Images).Chunk(data.Shape.ValueCount).Reverse().ToArray();

        foreach (var indices in Enumerable.Range(0, 30).Chunk(7))
        {
            using var batch = data.GatherViews(indices, 4, 7);
            Assert.Equal(indices.SelectMany(index => expected[index]), PyTorchFixture.Values(batch.Images));
        }
    }

    [Fact]
    public void GatherViews_AnotherSeedOrEpoch_GivesOtherViews()
    {
        using var data = MarkedImages.Resident(30, s_shiftAndFlip);
        var indices = Reversed(30);

        var views = ReadAll(data, indices, 4, 7);

        Assert.NotEqual(views, ReadAll(data, indices, 4, 8));
        Assert.NotEqual(views, ReadAll(data, indices, 5, 7));
        Assert.Equal(views, ReadAll(data, indices, 4, 7));
    }

    [Fact]
    public void GatherViews_FlipAlone_ShiftsNothing()
    {
        using var data = MarkedImages.Resident(40, new AugmentationOptions { HorizontalFlip = true });

        var views = ReadAll(data, Reversed(40), 1, 0);

        Assert.All(views, view => Assert.Equal((0, 0), (view.Down, view.Across)));
        Assert.InRange(views.Count(view => view.Mirrored), 8, 32);
    }

    [Fact]
    public void GatherViews_ShiftAlone_MirrorsNothing()
    {
        using var data = MarkedImages.Resident(40, new AugmentationOptions { ShiftPixels = 1 });

        Assert.All(ReadAll(data, Reversed(40), 1, 0), view => Assert.False(view.Mirrored));
    }

    [Fact]
    public void GatherViews_NoAugmentation_GivesTheImagesAsTheyAre()
    {
        using var data = MarkedImages.Resident(12, AugmentationOptions.None);

        Assert.All(ReadAll(data, Reversed(12), 1, 3), view => Assert.Equal(new MarkedView(view.Sample, 0, 0, false), view));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Gather_WhateverTheAugmentation_GivesTheImagesAsTheyAre(int shift)
    {
        using var data = MarkedImages.Resident(12, new AugmentationOptions { ShiftPixels = shift, HorizontalFlip = true });

        using var batch = data.Gather([4, 11, 0]);

        Assert.Equal([new(4, 0, 0, false), new(11, 0, 0, false), new(0, 0, 0, false)], Read(batch));
    }

    [Fact]
    public void Gather_Images_AreNormalisedByChannel()
    {
        var dataset = new ImageDataset(new ImageShape(2, 1, 2), new byte[] { 0, 255, 51, 102 }, new[] { 1 }, TestImages.Names(2), "test");
        var normalisation = new ChannelStatistics { Mean = [0.5, 0.2], StandardDeviation = [0.25, 0.1] };
        using var data = new ResidentDataset(dataset, normalisation, AugmentationOptions.None, torch.CPU);

        using var batch = data.Gather([0]);

        // (0 - 0.5) / 0.25, (1 - 0.5) / 0.25; (0.2 - 0.2) / 0.1, (0.4 - 0.2) / 0.1
        PyTorchFixture.Near([-2, 2, 0, 2], PyTorchFixture.Values(batch.Images), 1e-6);
        Assert.Equal(torch.ScalarType.Float32, batch.Images.dtype);
    }

    [Fact]
    public void Gather_NormalisedByItsOwnStatistics_HasMeanZeroAndDeviationOne()
    {
        var dataset = TestImages.Counting(16, channels: 3, side: 2);
        using var data = new ResidentDataset(dataset, ChannelStatistics.Measure(dataset), AugmentationOptions.None, torch.CPU);

        using var batch = data.Gather(Reversed(16));

        using var scope = torch.NewDisposeScope();
        PyTorchFixture.Near([0, 0, 0], PyTorchFixture.Values(batch.Images.mean([0, 2, 3])), 1e-5);
        PyTorchFixture.Near([1, 1, 1], PyTorchFixture.Values(batch.Images.std([0, 2, 3], unbiased: false)), 1e-5);
    }

    [Fact]
    public void GatherViews_Border_IsBlackBeforeNormalisation()
    {
        // A white image: inside 1, outside raw 0, that is (0 - mean) / deviation and not 0.
        var dataset = new ImageDataset(new ImageShape(1, 3, 3), Enumerable.Repeat((byte)255, 9).ToArray(), new[] { 0 }, TestImages.Names(2), "white");
        var normalisation = new ChannelStatistics { Mean = [0.5], StandardDeviation = [0.25] };
        using var data = new ResidentDataset(dataset, normalisation, new AugmentationOptions { ShiftPixels = 1 }, torch.CPU);
        var values = Enumerable.Range(0, 10).SelectMany(epoch =>
        {
            using var batch = data.GatherViews([0], 1, epoch);
            return PyTorchFixture.Values(batch.Images);
        });

        Assert.Equal([-2f, 2f], values.Distinct().Order());
    }

    [Fact]
    public void Gather_ConstantChannel_StaysFinite()
    {
        var dataset = new ImageDataset(new ImageShape(1, 2, 2), new byte[] { 9, 9, 9, 9 }, new[] { 0 }, TestImages.Names(2), "grey");
        using var data = new ResidentDataset(dataset, ChannelStatistics.Measure(dataset), AugmentationOptions.None, torch.CPU);

        using var batch = data.Gather([0]);

        Assert.All(PyTorchFixture.Values(batch.Images), value => Assert.Equal(0, value, 0.01));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void GatherViews_Images_AreChannelsLast(int channels)
    {
        var dataset = TestImages.Counting(6, channels: channels, side: 4);
        using var data = new ResidentDataset(dataset, ChannelStatistics.Measure(dataset), s_shiftAndFlip, torch.CPU);

        using var batch = data.GatherViews([5, 1], 1, 0);

        Assert.Equal([2, channels, 4, 4], batch.Images.shape);
        Assert.Equal([16 * channels, 1, 4 * channels, channels], batch.Images.stride());
    }

    [Fact]
    public void Gather_ThenDispose_LeavesNoTensors()
    {
        var before = LiveTensors.Count();
        using (var data = MarkedImages.Resident(5, s_shiftAndFlip))
        {
            data.GatherViews([1, 2], 1, 0).Dispose();
            using (torch.NewDisposeScope())
            {
                // A batch is its caller's, not the scope's.
                data.Gather([1]).Dispose();
            }
        }

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Constructor_InAScope_OutlivesIt()
    {
        ResidentDataset data;
        using (torch.NewDisposeScope())
        {
            data = MarkedImages.Resident(5, s_shiftAndFlip);
        }

        using (data)
        using (var batch = data.Gather([2]))
        {
            Assert.Equal(2, Read(batch)[0].Sample);
        }
    }

    [Fact]
    public void Constructor_StatisticsOfOtherChannels_Throws() => Assert.Throws<ArgumentException>(
        () => new ResidentDataset(TestImages.Counting(2), MarkedImages.Bytes, AugmentationOptions.None, torch.CPU));

    private static int[] Reversed(int count) => [.. Enumerable.Range(0, count).Reverse()];

    private static MarkedView[] ReadAll(ResidentDataset data, int[] indices, ulong seed, int epoch)
    {
        using var batch = data.GatherViews(indices, seed, epoch);
        var views = Read(batch);
        Assert.Equal(indices, views.Select(view => view.Sample));
        return views;
    }

    private static MarkedView[] Read(Batch batch) =>
        [.. PyTorchFixture.Values(batch.Images).Chunk(2 * MarkedImages.Height * MarkedImages.Width).Select(view => MarkedImages.Read(view))];
}
