namespace Ensemble.Classification;

/// <summary>One of many files: what a classifier says of it, or why it could not be read.</summary>
/// <param name="Path">The file, as it was named.</param>
/// <param name="Answer">The answer; null where the file could not be read.</param>
/// <param name="Fault">What is wrong with the file, in a few words; null where nothing is.</param>
public sealed record FileAnswer(string Path, ImageAnswer? Answer, string? Fault);
