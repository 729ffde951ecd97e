namespace Ensemble.Runs;

/// <summary>The images that a model takes.</summary>
public sealed record ModelInputShape
{
    /// <summary>Colour planes, at least 1.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows in pixels, at least 1.</summary>
    public required int Height { get; init; }

    /// <summary>Columns in pixels, at least 1.</summary>
    public required int Width { get; init; }
}
