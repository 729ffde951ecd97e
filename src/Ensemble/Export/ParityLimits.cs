namespace Ensemble.Export;

/// <summary>How far an exported file may be from the original.</summary>
/// <remarks>
/// float32: 1e-4 on the logits and the same class for every image. Logits of thousands, as untrained deep networks have, do
/// not hold 1e-4 in float32 at all: from a largest logit of 1 on, the limit is 1e-4 of that. Half precision has 11 bits:
/// 1e-2 likewise, and 99% of classes. int8 is judged by the accuracy that it loses.
/// </remarks>
/// <param name="Difference">Of the logits (or probabilities), for logits of at most 1; null for any.</param>
/// <param name="Agreement">The least share of images with the same top-1 class; null for any.</param>
/// <param name="AccuracyLoss">The most accuracy lost, in points; null for any.</param>
internal readonly record struct ParityLimits(double? Difference, double? Agreement, double? AccuracyLoss)
{
    /// <summary>The limits of a precision.</summary>
    public static ParityLimits Of(ExportOptions options) => options.Precision switch
    {
        ExportPrecision.Fp32 => new(1e-4, 1, null),
        ExportPrecision.Fp16 => new(1e-2, 0.99, null),
        _ => new(null, null, options.MaximumAccuracyLoss),
    };
}
