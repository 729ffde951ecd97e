namespace Ensemble.Tests.Oracle;

/// <summary>One case of networks.json: what a network with hashed weights answers, and what a backward pass leaves.</summary>
public sealed record NetworkCase(
    string Name,
    int Channels,
    int Side,
    int Classes,
    int Batch,
    float[] EvalLogits,
    float[] TrainLogits,
    float[] Conv1Gradient,
    float[] RunningMean,
    float[] RunningVar,
    long Tracked)
{
    public override string ToString() => Name;
}

/// <summary>networks.json.</summary>
internal sealed record NetworkCases(NetworkCase[] Cases);
