using System.Text;
using TorchSharp;

namespace Ensemble.Tests.Models;

/// <summary>Weights and images that PyTorch (formula.py) and C# compute to the same bits, so that none need be kept.</summary>
internal static class FormulaWeights
{
    /// <summary>Numbers in [-1, 1), 24 bits each: SplitMix64's mixing of the name's FNV-1a hash and the position.</summary>
    /// <param name="name">What the numbers are for.</param>
    /// <param name="count">How many.</param>
    /// <param name="offset">Added to each, after the scale.</param>
    /// <param name="scale">Multiplies each, in double; the result is rounded once.</param>
    public static float[] Uniform(string name, long count, double offset = 0, double scale = 1)
    {
        var key = 0xCBF29CE484222325;
        foreach (var letter in Encoding.UTF8.GetBytes(name))
        {
            key = unchecked((key ^ letter) * 0x100000001B3);
        }

        var values = new float[count];
        for (var index = 0; index < values.Length; index++)
        {
            unchecked
            {
                var mixed = key + ((ulong)(index + 1) * 0x9E3779B97F4A7C15);
                mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
                mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
                mixed ^= mixed >> 31;
                values[index] = (float)(offset + (scale * (((mixed >> 40) / 8_388_608.0) - 1)));
            }
        }

        return values;
    }

    /// <summary>Every weight and running statistic; gain times He's deviation for convolutions and linear layers.</summary>
    public static void Fill(torch.nn.Module network, double gain)
    {
        using var guard = torch.no_grad();
        foreach (var (name, tensor) in network.state_dict())
        {
            using var scope = torch.NewDisposeScope();
            if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            {
                tensor.zero_();
                continue;
            }

            var (offset, scale) = Range(name, tensor, gain);
            tensor.copy_(torch.tensor(Uniform(name, tensor.numel(), offset, scale)).reshape(tensor.shape));
        }
    }

    /// <summary>[count, C, H, W] within +-1.7, as normalised images are.</summary>
    public static torch.Tensor Images(int count, IReadOnlyList<int> shape)
    {
        using var flat = torch.tensor(Uniform("images", (long)count * shape[0] * shape[1] * shape[2], scale: 1.7));
        return flat.reshape(count, shape[0], shape[1], shape[2]);
    }

    private static (double Offset, double Scale) Range(string name, torch.Tensor tensor, double gain) => name switch
    {
        _ when tensor.dim() > 1 => (0, gain * Math.Sqrt(6.0 / (tensor.numel() / tensor.shape[0]))),
        _ when name.EndsWith("running_var", StringComparison.Ordinal) => (1, 0.5),
        _ when name.EndsWith("running_mean", StringComparison.Ordinal) => (0, 0.2),
        _ when name.EndsWith("weight", StringComparison.Ordinal) => (0.8, 0.3),
        _ => (0, 0.1),
    };
}
