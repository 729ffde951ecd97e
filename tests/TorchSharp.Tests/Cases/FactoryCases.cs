using static TorchSharp.torch;

namespace TorchSharp.Tests.Cases;

internal static class FactoryCases
{
    private static readonly float[] s_floats = [1.5f, -2, 0.25f, 4];
    private static readonly double[] s_doubles = [1.5, -2, 0.1, 4];
    private static readonly byte[] s_bytes = [1, 2, 255, 0];
    private static readonly int[] s_integers = [1, -2, 3, 4];
    private static readonly long[] s_longs = [1, -2, 1L << 40, 4];
    private static readonly bool[] s_booleans = [true, false, true, true];

    public static Dictionary<string, Func<Tensor[], object>> All { get; } = new()
    {
        ["torch.zeros(long[])"] = _ => zeros([2, 3, 1]),
        ["torch.zeros(long[]) dtype, requires_grad"] = _ => zeros([2], float64, CPU, true),
        ["torch.zeros(long)"] = _ => zeros(3, int64),
        ["torch.zeros(long,long)"] = _ => zeros(2, 3),
        ["torch.ones(long[])"] = _ => ones([2, 3, 1]),
        ["torch.ones(long[]) dtype, requires_grad"] = _ => ones([2], float64, CPU, true),
        ["torch.ones(long)"] = _ => ones(3, int64),
        ["torch.ones(long,long)"] = _ => ones(2, 3),
        ["torch.empty(long[])"] = _ => empty([2, 3], @bool).fill_(1),
        ["torch.empty(long)"] = _ => empty(3).fill_(1),
        ["torch.empty(long,long)"] = _ => empty(2, 3).zero_(),
        ["torch.full()"] = _ => full([2, 3], 1.5),
        ["torch.full() of an integer"] = _ => full([2], 7),
        ["torch.full() dtype, requires_grad"] = _ => full([2], 7, float32, requires_grad: true),
        ["torch.arange(Scalar)"] = _ => arange(5),
        ["torch.arange(Scalar) of a fraction"] = _ => arange(2.5),
        ["torch.arange(Scalar) dtype"] = _ => arange(4, float32, requires_grad: true),
        ["torch.arange(Scalar,Scalar,Scalar)"] = _ => arange(2, 11, 3),
        ["torch.arange(Scalar,Scalar,Scalar) fractions"] = _ => arange(1, 2, 0.25, float64),
        ["torch.tensor(float[])"] = _ => tensor(s_floats),
        ["torch.tensor(float[]) dtype"] = _ => tensor(s_floats, float64),
        ["torch.tensor(float[],long[])"] = _ => tensor(s_floats, [2, 2]),
        ["torch.tensor(Memory<float>,long[])"] = _ => tensor(s_floats.AsMemory(), [4, 1]),
        ["torch.tensor(double[])"] = _ => tensor(s_doubles),
        ["torch.tensor(double[]) dtype"] = _ => tensor(s_doubles, float64),
        ["torch.tensor(double[],long[])"] = _ => tensor(s_doubles, [2, 2]),
        ["torch.tensor(byte[])"] = _ => tensor(s_bytes),
        ["torch.tensor(byte[]) dtype"] = _ => tensor(s_bytes, float64),
        ["torch.tensor(byte[],long[])"] = _ => tensor(s_bytes, [2, 2]),
        ["torch.tensor(Memory<byte>,long[])"] = _ => tensor(s_bytes.AsMemory(), [4, 1]),
        ["torch.tensor(int[])"] = _ => tensor(s_integers),
        ["torch.tensor(int[]) dtype"] = _ => tensor(s_integers, float64),
        ["torch.tensor(int[],long[])"] = _ => tensor(s_integers, [2, 2]),
        ["torch.tensor(Memory<int>,long[])"] = _ => tensor(s_integers.AsMemory(), [4, 1]),
        ["torch.tensor(long[])"] = _ => tensor(s_longs),
        ["torch.tensor(long[]) dtype"] = _ => tensor(s_longs, float64),
        ["torch.tensor(long[],long[])"] = _ => tensor(s_longs, [2, 2]),
        ["torch.tensor(Memory<long>,long[])"] = _ => tensor(s_longs.AsMemory(), [4, 1]),
        ["torch.tensor(bool[])"] = _ => tensor(s_booleans),
        ["torch.tensor(bool[]) dtype"] = _ => tensor(s_booleans, float64),
        ["torch.tensor(bool[],long[])"] = _ => tensor(s_booleans, [2, 2]),
        ["torch.tensor(float)"] = _ => tensor(1.5f, requires_grad: true),
        ["torch.tensor(double)"] = _ => tensor(0.1),
        ["torch.tensor(long)"] = _ => tensor(1L << 40),
        ["torch.tensor(bool)"] = _ => tensor(true),
    };
}
