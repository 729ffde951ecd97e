namespace TorchSharp;

/// <summary>Which dtype a .NET number has in a tensor.</summary>
internal static class DTypes
{
    /// <exception cref="NotSupportedException">No dtype holds T.</exception>
    public static torch.ScalarType Of<T>()
        where T : unmanaged => Of(typeof(T));

    public static torch.ScalarType Of(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => torch.ScalarType.Bool,
        TypeCode.Byte => torch.ScalarType.Byte,
        TypeCode.SByte => torch.ScalarType.Int8,
        TypeCode.Int16 => torch.ScalarType.Int16,
        TypeCode.Int32 => torch.ScalarType.Int32,
        TypeCode.Int64 => torch.ScalarType.Int64,
        TypeCode.Single => torch.ScalarType.Float32,
        TypeCode.Double => torch.ScalarType.Float64,
        _ when type == typeof(Half) => torch.ScalarType.Float16,
        _ => throw new NotSupportedException($"no dtype holds {type.Name}"),
    };
}
