namespace ScottPlot;

/// <summary>Where in a figure the data area lies.</summary>
public class LayoutManager
{
    private PixelPadding? _padding;

    internal LayoutManager()
    {
    }

    /// <summary>Leaves as much room beside the data area as texts take.</summary>
    public void Default() => _padding = null;

    /// <summary>Leaves this much room.</summary>
    /// <param name="padding">Pixels on each side of the data area.</param>
    public void Fixed(PixelPadding padding) => _padding = padding;

    internal PixelRect DataRect(PixelRect figure, Func<PixelPadding> measure)
    {
        var padding = _padding ?? measure();
        var data = new PixelRect(figure.Left + padding.Left, figure.Right - padding.Right, figure.Bottom - padding.Bottom, figure.Top + padding.Top);
        return data.Width >= 1 && data.Height >= 1
            ? data
            : throw new InvalidOperationException($"{figure.Width} x {figure.Height} pixels have no room for data beside their texts");
    }
}
