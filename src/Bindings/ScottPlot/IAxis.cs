namespace ScottPlot;

/// <summary>A side of the data area, and what its units are.</summary>
public interface IAxis
{
    /// <summary>The left or lower end, in the data's units.</summary>
    double Min { get; set; }

    /// <summary>The right or upper end, in the data's units.</summary>
    double Max { get; set; }

    /// <summary>What is said about it.</summary>
    LabelStyle Label { get; }

    /// <summary>The line between it and the data area.</summary>
    LineStyle FrameLineStyle { get; }

    /// <summary>What knows its marks.</summary>
    ITickGenerator TickGenerator { get; set; }

    /// <summary>How the texts beside the marks look.</summary>
    LabelStyle TickLabelStyle { get; set; }

    /// <summary>How long marks look.</summary>
    TickMarkStyle MajorTickStyle { get; set; }

    /// <summary>How short marks look.</summary>
    TickMarkStyle MinorTickStyle { get; set; }

    /// <summary>Where a value is drawn.</summary>
    /// <param name="position">The value, in the data's units.</param>
    /// <param name="dataArea">Where the data is drawn, in pixels.</param>
    /// <returns>Pixels from the figure's left or upper edge.</returns>
    float GetPixel(double position, PixelRect dataArea);
}
