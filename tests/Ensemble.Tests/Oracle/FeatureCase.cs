namespace Ensemble.Tests.Oracle;

/// <summary>One case of features.json: maps, the distance of them, and the gradients that autograd gives in float64.</summary>
public sealed record FeatureCase(
    string Name,
    string Method,
    int Batch,
    int[] StudentShape,
    int[][] MemberShapes,
    double[]? MemberWeights,
    float[] Student,
    float[][] Members,
    float[][] Kernels,
    float[][] Biases,
    double Value,
    float[] Gradient,
    float[]? KernelGradient)
{
    public override string ToString() => Name;
}

/// <summary>features.json.</summary>
internal sealed record FeatureCases(FeatureCase[] Cases);
