namespace Ensemble.Plots;

/// <summary>A place of a text.</summary>
/// <param name="Box">The place; null where it has none.</param>
/// <param name="Tie">The line to its point, where it is so far that it needs one.</param>
/// <param name="Cost">How far it is from the best place there could be, in pixels; what the other texts make worse comes on top.</param>
internal sealed record PlacedLabel(LabelBox? Box, LabelTie? Tie, double Cost);
