using System.Runtime.InteropServices;
using Ensemble.Storage;
using Ensemble.Teachers.Specialists;

namespace Ensemble.Tests.Teachers.Specialists;

public sealed class SpecialistHeadTests
{
    [Fact]
    public void Of_WeightOfFourClasses_IsTheRowsOfItsOwnAndTheMeanOfTheOthers()
    {
        var head = SpecialistHead.Of(Record([1, 2, 10, 20, 3, 4, 30, 50], 4, 2), [1, 2]);

        Assert.Equal([3, 2], head.Shape);
        Assert.Equal([10, 20, 3, 4, 15.5f, 26], MemoryMarshal.Cast<byte, float>(head.Data.Span).ToArray());
    }

    [Fact]
    public void Of_Bias_IsOneNumberAClass() =>
        Assert.Equal([7, 4], MemoryMarshal.Cast<byte, float>(SpecialistHead.Of(Record([3, 7, 5], 3), [1]).Data.Span).ToArray());

    [Fact]
    public void Of_ClassWithoutARowOrNoneLeft_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => SpecialistHead.Of(Record([1, 2], 2), [2]));
        Assert.Throws<ArgumentException>(() => SpecialistHead.Of(Record([1, 2], 2), [0, 1]));
        Assert.Throws<ArgumentException>(() => SpecialistHead.Of(new TensorRecord("steps", SafetensorsDtype.I64, [], new byte[8]), [0]));
    }

    private static TensorRecord Record(float[] values, params long[] shape) =>
        new("fc", SafetensorsDtype.F32, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}
