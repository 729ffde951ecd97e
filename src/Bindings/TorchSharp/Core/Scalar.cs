using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number of any dtype, as operators take it.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(ValueTag kind, long integer, double real)
    {
        Kind = kind;
        Integer = integer;
        Real = real;
    }

    /// <summary>The dtype that the number has on its own.</summary>
    public torch.ScalarType Type => Kind switch
    {
        ValueTag.Bool => torch.ScalarType.Bool,
        ValueTag.Int => torch.ScalarType.Int64,
        _ => torch.ScalarType.Float64,
    };

    internal ValueTag Kind { get; }

    internal long Integer { get; }

    internal double Real { get; }

    public static implicit operator Scalar(bool value) => new(ValueTag.Bool, value ? 1 : 0, value ? 1 : 0);

    public static implicit operator Scalar(byte value) => (long)value;

    public static implicit operator Scalar(short value) => (long)value;

    public static implicit operator Scalar(int value) => (long)value;

    public static implicit operator Scalar(long value) => new(ValueTag.Int, value, value);

    public static implicit operator Scalar(float value) => (double)value;

    public static implicit operator Scalar(double value) => new(ValueTag.Double, (long)value, value);

    /// <summary>Nothing to free: the number lives in managed memory.</summary>
    public void Dispose()
    {
    }
}
