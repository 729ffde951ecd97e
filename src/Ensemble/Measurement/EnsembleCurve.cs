namespace Ensemble.Measurement;

/// <summary>What each further member brings to an ensemble, and how far its members differ.</summary>
public sealed record EnsembleCurve
{
    /// <summary>Sizes 1 to M, in order.</summary>
    public required IReadOnlyList<EnsembleCurvePoint> Points { get; init; }

    /// <summary>[M] each member's accuracy, 0 to 1.</summary>
    public required IReadOnlyList<double> MemberAccuracies { get; init; }

    /// <summary>[M][M] the share of images on which two members' top-1 classes differ, 0 to 1; symmetric, 0 on the diagonal.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Disagreement { get; init; }

    /// <summary>The mean of the disagreement over the pairs of members, 0 to 1; null for one member.</summary>
    public required double? MeanDisagreement { get; init; }

    /// <summary>Whether every value is within its range and the sizes agree, as after reading from a file.</summary>
    /// <returns>The first fault in a person's words; null for none.</returns>
    public string? FindFault()
    {
        var members = MemberAccuracies?.Count ?? 0;
        if (members == 0 || Points is null || Disagreement is null || Points.Contains(null!) || Disagreement.Contains(null!))
        {
            return "has no members, or something is missing";
        }

        if (!Points.Select(point => point.Size).SequenceEqual(Enumerable.Range(1, members)))
        {
            return $"must have the sizes 1 to {members}";
        }

        if (Disagreement.Count != members || Disagreement.Any(row => row.Count != members))
        {
            return $"must have a disagreement for each pair of {members} members";
        }

        var shares = Points.SelectMany(point => new[] { point.InOrderAccuracy, point.MeanAccuracy, point.MinimumAccuracy, point.MaximumAccuracy })
            .Concat(MemberAccuracies!).Concat(Disagreement.SelectMany(row => row)).Append(MeanDisagreement ?? 0);
        if (!shares.All(share => share is >= 0 and <= 1))
        {
            return "has an accuracy or a disagreement that is not 0 to 1";
        }

        var nats = Points.SelectMany(point => new[] { point.InOrderNll, point.MeanNll });
        return nats.All(nll => double.IsFinite(nll) && nll >= 0) && Points.All(point => point.Subsets >= 1)
            ? null
            : "has an NLL below 0 or not finite, or a size of which nothing was measured";
    }
}
