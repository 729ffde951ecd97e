using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Reads a <see cref="Scalar"/> as a .NET number.</summary>
public static class ScalarExtensionMethods
{
    public static float ToSingle(this Scalar value) => (float)value.Real;

    public static double ToDouble(this Scalar value) => value.Real;

    public static int ToInt32(this Scalar value) => checked((int)value.Integer);

    public static long ToInt64(this Scalar value) => value.Integer;

    public static bool ToBoolean(this Scalar value) => value.Kind == ValueTag.Double ? value.Real != 0 : value.Integer != 0;
}
