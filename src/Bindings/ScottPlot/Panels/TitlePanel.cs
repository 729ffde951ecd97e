namespace ScottPlot.Panels;

/// <summary>The title above the data area.</summary>
public class TitlePanel
{
    /// <summary>The text and how it looks.</summary>
    public LabelStyle Label { get; } = new() { FontSize = 16, Bold = true, Alignment = Alignment.LowerCenter };

    /// <summary>Whether it stands in the middle of the figure, and not of the data area.</summary>
    public bool FullFigureCenter { get; set; }

    /// <summary>Whether it is drawn.</summary>
    public bool IsVisible { get; set; } = true;

    internal float MeasureFor(Paint paint) => IsVisible && Label.IsDrawn ? Label.Measure(paint).Height + 10 : 0;

    internal void Draw(RenderPack rp)
    {
        if (!IsVisible) return;
        var middle = FullFigureCenter ? rp.FigureRect.HorizontalCenter : rp.DataRect.HorizontalCenter;
        Label.Draw(rp, new Pixel(middle, rp.DataRect.Top - 5));
    }
}
