namespace Ensemble.Data.Downloads;

/// <summary>One file's check.</summary>
/// <param name="Path">Where it lies below the data set's folder, with forward slashes.</param>
/// <param name="State">What the check came to.</param>
/// <param name="Expected">What should be there: a length or a checksum.</param>
/// <param name="Found">What is there.</param>
public sealed record VerifiedFile(string Path, VerifiedState State, string Expected, string Found);
