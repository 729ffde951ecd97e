namespace Ensemble.Classification;

/// <summary>What a classifier says of one image.</summary>
public sealed record ImageAnswer
{
    /// <summary>Every class, the most probable first.</summary>
    public required IReadOnlyList<ClassProbability> Ranked { get; init; }

    /// <summary>The most probable class.</summary>
    public string ClassName => Ranked[0].ClassName;

    /// <summary>How probable that class is, 0 to 1.</summary>
    public double Probability => Ranked[0].Probability;
}
