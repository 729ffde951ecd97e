namespace Ensemble.Data;

/// <summary>What a view does to its image.</summary>
internal readonly record struct ViewParameters
{
    /// <summary>The first row of the padded image that is seen.</summary>
    public required int Down { get; init; }

    /// <summary>The first column of the padded image that is seen.</summary>
    public required int Across { get; init; }

    /// <summary>Whether left and right change places.</summary>
    public bool Mirrored { get; init; }

    /// <summary>The first row that is blanked; may be above the image.</summary>
    public int CutTop { get; init; }

    /// <summary>The first column that is blanked; may be left of the image.</summary>
    public int CutLeft { get; init; }

    /// <summary>The factor of all pixels, 0 to 2.</summary>
    public double Brightness { get; init; }

    /// <summary>The factor of the differences from the image's mean grey, 0 to 2.</summary>
    public double Contrast { get; init; }

    /// <summary>The factor of the differences from a pixel's own grey, 0 to 2.</summary>
    public double Saturation { get; init; }
}
