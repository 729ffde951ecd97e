namespace Ensemble.Tests.Oracle;

/// <summary>One case of objectives.json: logits, and the terms and the gradient that autograd gives in float64.</summary>
public sealed record ObjectiveCase(
    string Name,
    int Members,
    int Batch,
    int Classes,
    double Temperature,
    double HardWeight,
    string Averaging,
    float[] Student,
    float[] Teachers,
    long[] Labels,
    double Hard,
    double Soft,
    float[] Gradient)
{
    public override string ToString() => Name;
}

/// <summary>objectives.json.</summary>
internal sealed record ObjectiveCases(ObjectiveCase[] Cases);
