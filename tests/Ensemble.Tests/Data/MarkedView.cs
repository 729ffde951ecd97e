namespace Ensemble.Tests.Data;

/// <summary>What was done to a marked image.</summary>
internal readonly record struct MarkedView(int Sample, int Down, int Across, bool Mirrored);
