using Ensemble.Evaluation;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Evaluation;

[Collection(TensorTests.Name)]
public sealed class SplitLogitsTests
{
    [Fact]
    public void ToTensor_Values_KeepRowsAndColumns()
    {
        using var tensor = new SplitLogits(new float[] { 1, 2, 3, 4, 5, 6 }, 3).ToTensor();

        Assert.Equal([2, 3], tensor.shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], PyTorchFixture.Values(tensor));
    }

    [Fact]
    public void Constructor_PartOfARow_Throws() => Assert.Throws<ArgumentException>(() => new SplitLogits(new float[5], 3));

    [Fact]
    public void Constructor_NoClasses_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new SplitLogits(new float[5], 0));
}
