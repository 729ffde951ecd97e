using Ensemble.Data;
using Ensemble.Teachers;
using Ensemble.Tests.Data;
using TorchSharp;

namespace Ensemble.Tests.Teachers;

public sealed class StoredLogitsTests
{
    [Fact]
    public void Logits_ShuffledBatchOfAView_AreTheRowsOfItsSamples()
    {
        using var images = new ResidentDataset(Set(), new ChannelStatistics { Mean = [0], StandardDeviation = [1] }, AugmentationOptions.None, torch.CPU);
        var stored = new StoredLogits([new float[] { 0, 1, 2, 3, 4, 5 }, new float[] { 10, 11, 12, 13, 14, 15 }], 2);
        using var batch = images.GatherViews([2, 0], seed: 1, view: 1);

        using var logits = stored.Logits(batch);

        Assert.Equal([1, 2, 2], logits.shape);
        Assert.Equal([14f, 15f, 10f, 11f], logits.data<float>().ToArray());
        using var plain = images.Gather([0]);
        Assert.Throws<ArgumentException>(() => stored.Logits(plain));
        using var other = images.GatherViews([0], seed: 1, view: 2);
        Assert.Throws<ArgumentException>(() => stored.Logits(other));
    }

    [Fact]
    public void New_ViewsThatDiffer_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new StoredLogits([], 2));
        Assert.Throws<ArgumentException>(() => new StoredLogits([new float[3]], 2));
        Assert.Throws<ArgumentException>(() => new StoredLogits([new float[4], new float[2]], 2));
    }

    private static ImageDataset Set() => new(new ImageShape(1, 1, 1), new byte[] { 1, 2, 3 }, new[] { 0, 1, 0 }, TestImages.Names(2), "test");
}
