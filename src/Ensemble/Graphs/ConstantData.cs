using System.Runtime.InteropServices;
using Ensemble.Storage;

namespace Ensemble.Graphs;

/// <summary>Constants from numbers and back.</summary>
internal static class ConstantData
{
    /// <summary>A constant of float32; without a shape, one number.</summary>
    public static TensorRecord Of(string name, ReadOnlySpan<float> values, params long[] shape) =>
        new(name, SafetensorsDtype.F32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A constant of int64.</summary>
    public static TensorRecord Of(string name, params long[] values) =>
        new(name, SafetensorsDtype.I64, [values.Length], MemoryMarshal.AsBytes<long>(values).ToArray());

    /// <summary>A constant of int32.</summary>
    public static TensorRecord Of(string name, ReadOnlySpan<int> values, params long[] shape) =>
        new(name, SafetensorsDtype.I32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A constant of int8.</summary>
    public static TensorRecord Of(string name, ReadOnlySpan<sbyte> values, params long[] shape) =>
        new(name, SafetensorsDtype.I8, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The numbers of a constant of float32, row-major.</summary>
    public static float[] ToFloats(TensorRecord constant) => MemoryMarshal.Cast<byte, float>(constant.Data.Span).ToArray();

    /// <summary>The numbers of a constant of int64.</summary>
    public static long[] ToIntegers(TensorRecord constant) => MemoryMarshal.Cast<byte, long>(constant.Data.Span).ToArray();
}
