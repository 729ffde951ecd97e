namespace TorchSharp.Interop;

/// <summary>What a <see cref="Value"/> holds; the numbers are those of shim.cpp.</summary>
internal enum ValueTag
{
    Default = 0,
    None = 1,
    Tensor = 2,
    Int = 3,
    Double = 4,
    Bool = 5,
    IntList = 6,
    DoubleList = 7,
    TensorList = 8,
    OptionalTensorList = 9,
    String = 10,
    Device = 11,
    Generator = 12,
}
