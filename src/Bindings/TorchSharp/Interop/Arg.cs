namespace TorchSharp.Interop;

/// <summary>One argument of an operator on the managed side; converts from everything an operator takes.</summary>
internal readonly struct Arg
{
    private Arg(ValueTag tag, long bits = 0, object? reference = null)
    {
        Tag = tag;
        Bits = bits;
        Reference = reference;
    }

    /// <summary>Leaves the argument to the schema's default.</summary>
    public static Arg Default => default;

    /// <summary>None: no tensor, no dtype, no generator.</summary>
    public static Arg None => new(ValueTag.None);

    public ValueTag Tag { get; }

    /// <summary>The integer, boolean, packed device, or the double's bits.</summary>
    public long Bits { get; }

    /// <summary>The tensor, array, string or generator, which lives at least as long as the argument.</summary>
    public object? Reference { get; }

    public static implicit operator Arg(torch.Tensor? value) => value is null ? None : new(ValueTag.Tensor, 0, value);

    public static implicit operator Arg(long value) => new(ValueTag.Int, value);

    public static implicit operator Arg(int value) => new(ValueTag.Int, value);

    public static implicit operator Arg(double value) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Arg(bool value) => new(ValueTag.Bool, value ? 1 : 0);

    public static implicit operator Arg(long? value) => value is { } v ? v : None;

    public static implicit operator Arg(long[]? value) => value is null ? None : new(ValueTag.IntList, 0, value);

    public static implicit operator Arg(string value) => new(ValueTag.String, 0, System.Text.Encoding.UTF8.GetBytes(value));

    public static implicit operator Arg(torch.ScalarType value) => (long)value;

    public static implicit operator Arg(torch.ScalarType? value) => value is { } v ? v : None;


    public static implicit operator Arg(torch.Device? value) => value is null ? None : new(ValueTag.Device, value.Packed);

    public static implicit operator Arg(torch.Generator? value) => value is null ? None : new(ValueTag.Generator, 0, value);

    public static implicit operator Arg(Scalar? value) =>
        value is null ? None : value.Kind == ValueTag.Double ? value.Real : new Arg(value.Kind, value.Integer);

    /// <summary>A list of tensors, read when the operator is called.</summary>
    public static Arg List(torch.Tensor[] tensors) => new(ValueTag.TensorList, 0, tensors);

    /// <summary>A list of tensors.</summary>
    public static Arg List(ReadOnlySpan<torch.Tensor> tensors) => new(ValueTag.TensorList, 0, tensors.ToArray());

    /// <summary>A list in which null stands for None, as indexing takes it.</summary>
    public static Arg OptionalList(torch.Tensor?[] tensors) => new(ValueTag.OptionalTensorList, 0, tensors);
}
