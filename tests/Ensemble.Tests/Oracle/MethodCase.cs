namespace Ensemble.Tests.Oracle;

/// <summary>One case of methods.json: logits, and the terms and the gradient that autograd gives in float64.</summary>
public sealed record MethodCase(
    string Name,
    string Method,
    int Members,
    int Batch,
    int Classes,
    double Temperature,
    double HardWeight,
    double? SoftWeight,
    string Averaging,
    double[]? MemberWeights,
    double LabelSmoothing,
    double Alpha,
    double Beta,
    double Inter,
    double Intra,
    float[] Student,
    float[] Teachers,
    long[] Labels,
    long[]? MixLabels,
    float[]? MixWeights,
    Dictionary<string, double> Terms,
    float[] Gradient)
{
    public override string ToString() => Name;
}

/// <summary>methods.json.</summary>
internal sealed record MethodCases(MethodCase[] Cases);
