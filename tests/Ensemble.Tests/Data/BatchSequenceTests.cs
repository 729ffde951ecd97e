using Ensemble.Data;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Data;

[Collection(TensorTests.Name)]
public sealed class BatchSequenceTests
{
    private static readonly AugmentationOptions s_shiftAndFlip = new() { ShiftPixels = 2, HorizontalFlip = true };

    [Theory]
    [InlineData(37, 10, 4)]
    [InlineData(40, 10, 4)]
    [InlineData(37, 100, 1)]
    [InlineData(37, 36, 1)]
    [InlineData(41, 10, 4)]
    [InlineData(1, 10, 1)]
    [InlineData(3, 1, 3)]
    public void Epoch_AnyBatchSize_VisitsEachSampleOnce(int count, int batchSize, int batches)
    {
        using var data = MarkedImages.Resident(count, AugmentationOptions.None);
        var sequence = Sequence(data, batchSize, 1);

        var sizes = new List<int>();
        var seen = new List<int>();
        foreach (var batch in sequence.Epoch(2))
        {
            using var owned = batch;
            sizes.Add(batch.Count);
            seen.AddRange(batch.Indices.Span);
            Assert.Equal(batch.Count, batch.Images.shape[0]);
            Assert.Equal(batch.Count, batch.Labels.shape[0]);
        }

        Assert.Equal(batches, sequence.BatchesPerEpoch);
        Assert.Equal(batches, sizes.Count);
        Assert.All(sizes.SkipLast(1), size => Assert.Equal(batchSize, size));
        Assert.Equal(Enumerable.Range(0, count), seen.Order());
    }

    [Fact]
    public void Epoch_AskedAgain_GivesTheSameBits()
    {
        using var data = MarkedImages.Resident(37, s_shiftAndFlip);

        var first = Collect(Sequence(data, 10, 3), 5);
        // Another epoch in between, and another object: there is no state.
        Collect(Sequence(data, 10, 3), 6);
        var second = Collect(Sequence(data, 10, 3), 5);

        Assert.Equal(first.Order, second.Order);
        Assert.Equal(first.Pixels, second.Pixels);
    }

    [Fact]
    public void Epoch_FromABatchOn_IsTheTailOfTheEpoch()
    {
        using var data = MarkedImages.Resident(37, s_shiftAndFlip);
        var sequence = Sequence(data, 10, 3);

        var (order, pixels) = Collect(sequence, 5);
        var (tailOrder, tailPixels) = Collect(sequence, 5, firstBatch: 2);

        Assert.Equal(order.Skip(20), tailOrder);
        Assert.Equal(pixels.Skip(20 * data.Shape.ValueCount), tailPixels);
    }

    [Fact]
    public void Epoch_OtherEpochsAndSeeds_HaveOtherOrders()
    {
        using var data = MarkedImages.Resident(37, AugmentationOptions.None);
        var orders = Enumerable.Range(0, 5).SelectMany(seed => Enumerable.Range(0, 5).Select(
            epoch => string.Join(' ', Collect(Sequence(data, 10, (ulong)seed), epoch).Order))).ToArray();

        Assert.Equal(orders.Length, orders.Distinct().Count());
    }

    [Fact]
    public void Epoch_AnotherBatchSize_KeepsOrderAndViews()
    {
        using var data = MarkedImages.Resident(37, s_shiftAndFlip);

        var small = Collect(Sequence(data, 4, 3), 1);
        var large = Collect(Sequence(data, 32, 3), 1);

        Assert.Equal(small.Order, large.Order);
        Assert.Equal(small.Pixels, large.Pixels);
    }

    [Fact]
    public void Constructor_NoImagesInABatch_Throws()
    {
        using var data = MarkedImages.Resident(3, AugmentationOptions.None);

        Assert.Throws<ArgumentOutOfRangeException>(() => Sequence(data, 0, 1));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public void Epoch_Negative_ThrowsAtTheCall(int epoch, int firstBatch)
    {
        using var data = MarkedImages.Resident(3, AugmentationOptions.None);

        Assert.Throws<ArgumentOutOfRangeException>(() => Sequence(data, 1, 1).Epoch(epoch, firstBatch));
    }

    [Fact]
    public void Epoch_CountedViews_ComeBackInAnotherOrder()
    {
        using var data = MarkedImages.Resident(37, s_shiftAndFlip);
        var sequence = new BatchSequence(data, 10, 3, new ViewOptions { Seed = 8, Count = 2 });

        var (order, pixels) = Collect(sequence, 1);
        var (laterOrder, laterPixels) = Collect(sequence, 5);

        Assert.NotEqual(order, laterOrder);
        Assert.Equal(BySample(order, pixels), BySample(laterOrder, laterPixels));
        var (otherOrder, otherPixels) = Collect(sequence, 2);
        Assert.NotEqual(BySample(order, pixels), BySample(otherOrder, otherPixels));
    }

    [Fact]
    public void Epoch_Batches_SayWhichViewTheyShow()
    {
        using var data = MarkedImages.Resident(3, s_shiftAndFlip);
        int?[] Views(int count) => [.. Enumerable.Range(0, 4).Select(epoch =>
        {
            using var batch = new BatchSequence(data, 3, 1, new ViewOptions { Count = count }).Epoch(epoch).Single();
            return batch.View;
        })];

        Assert.Equal([0, 1, 2, 3], Views(0));
        Assert.Equal([0, 1, 2, 0], Views(3));
        using var plain = data.Gather([1]);
        Assert.Null(plain.View);
    }

    private static BatchSequence Sequence(ResidentDataset data, int batchSize, ulong seed) =>
        new(data, batchSize, seed, new ViewOptions { Seed = seed });

    private static float[][] BySample(int[] order, float[] pixels) =>
        [.. order.Zip(pixels.Chunk(pixels.Length / order.Length)).OrderBy(pair => pair.First).Select(pair => pair.Second)];

    private static (int[] Order, float[] Pixels) Collect(BatchSequence sequence, int epoch, int firstBatch = 0)
    {
        var order = new List<int>();
        var pixels = new List<float>();
        foreach (var batch in sequence.Epoch(epoch, firstBatch))
        {
            using var owned = batch;
            order.AddRange(batch.Indices.Span);
            pixels.AddRange(PyTorchFixture.Values(batch.Images));
        }

        return ([.. order], [.. pixels]);
    }
}
