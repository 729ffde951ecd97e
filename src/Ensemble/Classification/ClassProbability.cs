namespace Ensemble.Classification;

/// <summary>One class and how probable it is.</summary>
/// <param name="ClassName">The class's name.</param>
/// <param name="Probability">0 to 1; of one image, all classes' probabilities sum to 1.</param>
public sealed record ClassProbability(string ClassName, double Probability);
