namespace Ensemble.Tests.Runs;

/// <summary>A recipe as a library of methods might have it.</summary>
internal sealed record SampleRecipe
{
    public required double Temperature { get; init; }

    public required IReadOnlyList<double> Alphas { get; init; }

    public required string Label { get; init; }
}
