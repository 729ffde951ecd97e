using Ensemble.Evaluation;
using Ensemble.Measurement;
using Ensemble.Runs;

namespace Ensemble.Pipeline;

/// <summary>The teachers and their ensemble on the test images: what every student of theirs is measured against.</summary>
internal sealed record EnsembleMeasurement
{
    /// <summary>The teachers' records, then the ensemble's.</summary>
    public required IReadOnlyList<ResultRecord> Records { get; init; }

    /// <summary>Each teacher's logits.</summary>
    public required IReadOnlyList<SplitLogits> Members { get; init; }

    /// <summary>The ensemble's log-probabilities.</summary>
    public required SplitLogits Average { get; init; }

    /// <summary>[M] the teachers' weights in their average; null for equal ones.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>Ensembles of the teachers by size.</summary>
    public required EnsembleCurve Curve { get; init; }

    /// <summary>The ensemble's record.</summary>
    public ResultRecord Ensemble => Records[^1];
}
