namespace Ensemble.Experiments;

/// <summary>Test errors.</summary>
/// <param name="All">On all images.</param>
/// <param name="OnClasses">On the images of the classes that the experiment is about.</param>
public sealed record ErrorCount(long All, long OnClasses);
