namespace Ensemble.Measurement;

/// <summary>An image that was chosen to be shown.</summary>
/// <param name="Image">Its place in the split, from 0.</param>
/// <param name="Reason">Why.</param>
public sealed record ChosenSample(int Image, SampleReason Reason);
