using Ensemble.Storage;

namespace Ensemble.Tests.Storage;

public sealed class TensorRecordTests
{
    [Theory]
    [InlineData("", 1, 4)]
    [InlineData("__metadata__", 1, 4)]
    [InlineData("a", 1, 3)]
    [InlineData("a", 2, 4)]
    [InlineData("a", -1, 4)]
    [InlineData("a", long.MaxValue, 4)]
    public void Constructor_BytesThatAreNotTheShapes_IsTheCallersMistake(string name, long size, int byteCount) =>
        Assert.Throws<ArgumentException>(
            () => new TensorRecord(name, SafetensorsDtype.F32, [size], new byte[byteCount]));

    [Fact]
    public void Constructor_ShapeChangedAfterwards_KeepsItsOwn()
    {
        long[] shape = [2];
        var tensor = new TensorRecord("a", SafetensorsDtype.U8, shape, new byte[2]);

        shape[0] = 5;

        Assert.Equal([2L], tensor.Shape);
    }
}
