using Ensemble.Storage;

namespace Ensemble.Export.Onnx;

/// <summary>The element types of ONNX's tensors, by their numbers in TensorProto.DataType.</summary>
internal static class OnnxTypes
{
    private static readonly (SafetensorsDtype Dtype, int Number)[] s_types =
    [
        (SafetensorsDtype.F32, 1),
        (SafetensorsDtype.U8, 2),
        (SafetensorsDtype.I8, 3),
        (SafetensorsDtype.I32, 6),
        (SafetensorsDtype.I64, 7),
        (SafetensorsDtype.F16, 10),
    ];

    /// <summary>The number of a type that graphs have.</summary>
    public static int NumberOf(SafetensorsDtype dtype) => s_types.First(type => type.Dtype == dtype).Number;

    /// <summary>The type of a number, or null for one that graphs here do not have.</summary>
    public static SafetensorsDtype? DtypeOf(long number) =>
        s_types.Where(type => type.Number == number).Select(type => (SafetensorsDtype?)type.Dtype).FirstOrDefault();
}
