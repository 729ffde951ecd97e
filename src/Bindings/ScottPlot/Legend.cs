namespace ScottPlot;

/// <summary>What says which series is which.</summary>
public class Legend
{
    private const float SymbolGap = 6;

    internal Legend(Plot plot) => Plot = plot;

    /// <summary>The figure.</summary>
    public Plot Plot { get; }

    /// <summary>Whether it is shown inside of the data area.</summary>
    public bool IsVisible { get; set; }

    /// <summary>Where in the data area it stands.</summary>
    public Alignment Alignment { get; set; } = Alignment.LowerRight;

    /// <summary>Whether entries stand in rows or in a column.</summary>
    public Orientation Orientation { get; set; } = Orientation.Vertical;

    /// <summary>The text's size in pixels; null for that of each entry.</summary>
    public float? FontSize { get; set; }

    /// <summary>How wide lines and markers are shown, in pixels.</summary>
    public float SymbolWidth { get; set; } = 20;

    /// <summary>Between the frame and the entries.</summary>
    public PixelPadding Padding { get; set; } = new(5, 5, 5, 5);

    /// <summary>Between two entries: the right one beside, the lower one beneath.</summary>
    public PixelPadding InterItemPadding { get; set; } = new(5, 5, 4, 4);

    /// <summary>Between the frame and the data area's edge.</summary>
    public PixelPadding Margin { get; set; } = new(7, 7, 7, 7);

    /// <summary>What it stands on.</summary>
    public Color BackgroundColor { get; set; } = Colors.White;

    /// <summary>The frame's colour.</summary>
    public Color OutlineColor { get; set; } = Colors.Black;

    /// <summary>The frame's width, in pixels.</summary>
    public float OutlineWidth { get; set; } = 1;

    /// <summary>The colour of its shadow, three pixels to the right and beneath.</summary>
    public Color ShadowColor { get; set; } = Colors.Black.WithAlpha(0.2);

    /// <summary>Entries of no series, after those of the series.</summary>
    public List<LegendItem> ManualItems { get; set; } = [];

    /// <summary>The entries, in order.</summary>
    public LegendItem[] GetItems() =>
        [.. Plot.PlottableList.Where(plottable => plottable.IsVisible).SelectMany(plottable => plottable.LegendItems).Concat(ManualItems).Where(item => item.IsVisible)];

    internal PixelSize Measure(Paint paint, float widest)
    {
        var places = Places(paint, widest);
        return places.Count == 0
            ? default
            : new PixelSize(places.Max(place => place.Rect.Right) + Padding.Right, places.Max(place => place.Rect.Bottom) + Padding.Bottom);
    }

    internal void Draw(RenderPack rp, PixelRect room, Alignment alignment)
    {
        var size = Measure(rp.Paint, room.Width);
        if (size.Width == 0) return;
        var left = room.Left + ((room.Width - size.Width) * MeasuredText.Column(alignment));
        var top = room.Top + ((room.Height - size.Height) * ((int)alignment / 3) / 2);
        rp.Canvas.Fill(new PixelRect(left + 3, left + size.Width + 3, top + size.Height + 3, top + 3), ShadowColor);
        var frame = new PixelRect(left, left + size.Width, top + size.Height, top);
        rp.Canvas.Fill(frame, BackgroundColor);
        rp.Canvas.Stroke(frame, new LineStyle(OutlineWidth, OutlineColor));
        foreach (var (item, rect) in Places(rp.Paint, room.Width))
        {
            Draw(rp, item, new PixelRect(left + rect.Left, left + rect.Right, top + rect.Bottom, top + rect.Top));
        }
    }

    private void Draw(RenderPack rp, LegendItem item, PixelRect rect)
    {
        var middle = rect.VerticalCenter;
        var right = rect.Left + SymbolWidth;
        rp.Canvas.Fill(new PixelRect(rect.Left, right, middle + (rect.Height * 0.35f), middle - (rect.Height * 0.35f)), item.FillColor);
        rp.Canvas.Stroke(new Pixel(rect.Left, middle), new Pixel(right, middle), item.LineStyle);
        item.MarkerStyle.Draw(rp, new Pixel((rect.Left + right) / 2, middle));
        item.LabelStyle.Draw(rp, new Pixel(right + SymbolGap, middle));
    }

    /// <summary>Where each entry stands, from the frame's upper left corner.</summary>
    private List<(LegendItem Item, PixelRect Rect)> Places(Paint paint, float widest)
    {
        var places = new List<(LegendItem Item, PixelRect Rect)>();
        var (left, top) = (Padding.Left, Padding.Top);
        foreach (var item in GetItems())
        {
            item.LabelStyle.FontSize = FontSize ?? item.LabelStyle.FontSize;
            var text = item.LabelStyle.Measure(paint);
            var width = SymbolWidth + SymbolGap + text.Width;
            if (places.Count > 0)
            {
                var last = places[^1].Rect;
                var isBeneath = Orientation == Orientation.Vertical || last.Right + InterItemPadding.Right + width + Padding.Right > widest;
                (left, top) = isBeneath ? (Padding.Left, last.Bottom + InterItemPadding.Bottom) : (last.Right + InterItemPadding.Right, last.Top);
            }

            places.Add((item, new PixelRect(left, left + width, top + text.Height, top)));
        }

        return places;
    }
}
