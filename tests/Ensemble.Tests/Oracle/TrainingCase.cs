namespace Ensemble.Tests.Oracle;

/// <summary>One case of training.json: a student's loss at each step and its weights at the end.</summary>
public sealed record TrainingCase(
    string Name,
    int Channels,
    int Side,
    int Classes,
    int Count,
    int Teachers,
    double Temperature,
    double HardWeight,
    double[] Losses,
    Dictionary<string, float[]> State)
{
    public override string ToString() => Name;
}

/// <summary>training.json: the cases and the options that they share.</summary>
internal sealed record TrainingCases(
    int Steps,
    double LearningRate,
    double Momentum,
    double WeightDecay,
    double WarmupShare,
    double[] LearningRates,
    TrainingCase[] Cases);
