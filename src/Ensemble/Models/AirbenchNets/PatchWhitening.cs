using TorchSharp;

namespace Ensemble.Models.AirbenchNets;

/// <summary>Filters whose answers to the images' patches are uncorrelated and of variance 1 (Page 2019; hlb-CIFAR10; airbench94).</summary>
internal static class PatchWhitening
{
    // Added to each variance, so that directions that hardly occur are not blown up: airbench94's constant.
    private const double Epsilon = 5e-4;
    private const int ChunkLength = 512;

    /// <summary>The eigenvectors e of E[p p^T] over the patches p, each over sqrt(its eigenvalue + 5e-4), then the same negated.</summary>
    /// <param name="images">[N, C, H, W] float, normalised; the caller keeps them.</param>
    /// <param name="side">Rows and columns of a patch.</param>
    /// <returns>[2 C side^2, C, side, side] float32 on the CPU, by falling eigenvalue; the caller disposes it.</returns>
    public static torch.Tensor Filters(torch.Tensor images, int side)
    {
        var channels = images.shape[1];
        var length = (int)channels * side * side;
        var (values, vectors) = SymmetricEigen.Decompose(SecondMoments(images, side), length);
        var filters = new float[2 * length * length];
        for (var row = 0; row < length; row++)
        {
            var scale = 1 / Math.Sqrt(values[row] + Epsilon);
            for (var column = 0; column < length; column++)
            {
                var value = (float)(vectors[(row * length) + column] * scale);
                filters[(row * length) + column] = value;
                filters[((length + row) * length) + column] = -value;
            }
        }

        using var flat = torch.tensor(filters);
        return flat.reshape(2 * length, channels, side, side);
    }

    // E[p p^T], row-major, summed in double: not centred, as airbench94's is not.
    private static double[] SecondMoments(torch.Tensor images, int side)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var length = images.shape[1] * side * side;
        var sum = torch.zeros([length, length], torch.ScalarType.Float64);
        long count = 0;
        foreach (var chunk in images.split(ChunkLength, dim: 0))
        {
            using var inner = torch.NewDisposeScope();
            var patches = chunk.unfold(2, side, 1).unfold(3, side, 1).permute(0, 2, 3, 1, 4, 5)
                .reshape(-1, length)
                .to(torch.ScalarType.Float64);
            sum.add_(patches.t().mm(patches).cpu());
            count += patches.shape[0];
        }

        return sum.div_(count).data<double>().ToArray();
    }
}
