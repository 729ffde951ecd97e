namespace Ensemble.Measurement;

/// <summary>How good ensembles of one size are.</summary>
public sealed record EnsembleCurvePoint
{
    /// <summary>Members, at least 1.</summary>
    public required int Size { get; init; }

    /// <summary>The accuracy of the first members in their order, 0 to 1.</summary>
    public required double InOrderAccuracy { get; init; }

    /// <summary>The NLL of the first members in their order, in nats, at least 0.</summary>
    public required double InOrderNll { get; init; }

    /// <summary>Different ensembles of this size that were measured, at least 1.</summary>
    public required int Subsets { get; init; }

    /// <summary>Whether these are all that there are; else they were drawn, each equally likely.</summary>
    public required bool AllSubsets { get; init; }

    /// <summary>The mean accuracy of the ensembles, 0 to 1.</summary>
    public required double MeanAccuracy { get; init; }

    /// <summary>The least accuracy of the ensembles, 0 to 1.</summary>
    public required double MinimumAccuracy { get; init; }

    /// <summary>The greatest accuracy of the ensembles, 0 to 1.</summary>
    public required double MaximumAccuracy { get; init; }

    /// <summary>The mean NLL of the ensembles, in nats, at least 0.</summary>
    public required double MeanNll { get; init; }
}
