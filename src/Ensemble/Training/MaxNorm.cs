using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Training;

/// <summary>Holds the weights into each unit within a ball (Srivastava et al. 2014, section 5.1).</summary>
internal static class MaxNorm
{
    /// <summary>Scales each row of each weight of two or more dimensions down to the limit where its L2 norm is above.</summary>
    /// <param name="parameters">The parameters; biases and norms are left alone.</param>
    /// <param name="limit">The largest norm, above 0.</param>
    public static void Apply(IEnumerable<Parameter> parameters, double limit)
    {
        using var guard = torch.no_grad();
        foreach (var parameter in parameters.Where(parameter => parameter.requires_grad && parameter.dim() >= 2))
        {
            using var scope = torch.NewDisposeScope();
            parameter.copy_(parameter.renorm(2, 0, (float)limit));
        }
    }
}
