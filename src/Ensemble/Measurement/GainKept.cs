namespace Ensemble.Measurement;

/// <summary>What share of the ensemble's gain over the baseline a student keeps.</summary>
public static class GainKept
{
    /// <summary>(student - baseline) / (ensemble - baseline), of accuracies on the same images.</summary>
    /// <param name="studentAccuracy">The distilled student's, 0 to 1.</param>
    /// <param name="baselineAccuracy">The same student's, trained without the ensemble, 0 to 1.</param>
    /// <param name="ensembleAccuracy">The ensemble's, 0 to 1.</param>
    /// <returns>
    /// 1 where the student matches the ensemble, 0 where it matches the baseline; may pass 1 or fall below 0. Null
    /// where the ensemble is no better than the baseline: there is no gain to keep.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An accuracy is not within 0 to 1.</exception>
    public static double? Measure(double studentAccuracy, double baselineAccuracy, double ensembleAccuracy)
    {
        RequireShare(studentAccuracy, nameof(studentAccuracy));
        RequireShare(baselineAccuracy, nameof(baselineAccuracy));
        RequireShare(ensembleAccuracy, nameof(ensembleAccuracy));
        return ensembleAccuracy <= baselineAccuracy
            ? null
            : (studentAccuracy - baselineAccuracy) / (ensembleAccuracy - baselineAccuracy);
    }

    private static void RequireShare(double accuracy, string parameterName)
    {
        if (accuracy is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(parameterName, accuracy, "must be within 0 to 1");
        }
    }
}
