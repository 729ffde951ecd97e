namespace Ensemble.Plots;

/// <summary>A text that wants a place beside its point.</summary>
/// <param name="Text">The text.</param>
/// <param name="Width">How wide it is, in pixels.</param>
/// <param name="Height">How high it is, in pixels.</param>
/// <param name="Point">The point it belongs to, in pixels.</param>
/// <param name="Radius">How far the point's marker reaches, in pixels.</param>
internal sealed record LabelWish(string Text, double Width, double Height, (double X, double Y) Point, double Radius);
