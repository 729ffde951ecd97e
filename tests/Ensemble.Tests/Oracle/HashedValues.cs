using TorchSharp;

namespace Ensemble.Tests.Oracle;

/// <summary>Numbers that are a formula of their place, the same as in make_fixtures.py.</summary>
internal static class HashedValues
{
    /// <summary>Numbers of at least 0 and below 1, multiples of 2^-24.</summary>
    public static double[] Uniform(int stream, int count)
    {
        var values = new double[count];
        for (var index = 0; index < count; index++)
        {
            values[index] = (Hash((uint)index, (uint)stream) >> 8) / 16777216.0;
        }

        return values;
    }

    /// <summary>Numbers of at least -range and below range.</summary>
    public static float[] Symmetric(int stream, int count, double range) =>
        [.. Uniform(stream, count).Select(value => (float)((value - 0.5) * 2 * range))];

    public static torch.Tensor Images(int stream, int count, int channels, int side) =>
        torch.tensor(Symmetric(stream, count * channels * side * side, 2), [count, channels, side, side]);

    /// <summary>Sets every weight by its place in the state_dict.</summary>
    public static void Fill(torch.nn.Module network, int offset = 0)
    {
        using var guard = torch.no_grad();
        var stream = offset;
        foreach (var (name, target) in network.state_dict())
        {
            using var values = torch.tensor(ValuesOf(name, target, stream++), target.shape, target.dtype);
            target.copy_(values);
        }
    }

    private static float[] ValuesOf(string name, torch.Tensor target, int stream)
    {
        var count = (int)target.numel();
        if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
        {
            return new float[count];
        }

        if (target.dim() >= 2)
        {
            return Symmetric(stream, count, Scale(target.numel() / target.shape[0]));
        }

        var centred = !name.EndsWith("running_var", StringComparison.Ordinal) && !name.EndsWith("weight", StringComparison.Ordinal);
        return [.. Uniform(stream, count).Select(value => (float)(centred ? value - 0.5 : value + 0.5))];
    }

    private static double Scale(long fanIn)
    {
        var scale = 1.0;
        while (scale * scale * fanIn > 6)
        {
            scale /= 2;
        }

        return scale;
    }

    private static uint Hash(uint index, uint stream)
    {
        unchecked
        {
            var hash = (index * 0x9E3779B1u) + (stream * 0x85EBCA77u);
            hash ^= hash >> 16;
            hash *= 0x85EBCA6Bu;
            hash ^= hash >> 13;
            hash *= 0xC2B2AE35u;
            return hash ^ (hash >> 16);
        }
    }
}
