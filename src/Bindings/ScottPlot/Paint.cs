using ScottPlot.Interop;

namespace ScottPlot;

/// <summary>What measures text.</summary>
public class Paint : IDisposable
{
    private readonly CairoContext _context = new(1, 1);

    private Paint()
    {
    }

    /// <summary>Makes one; dispose it after use.</summary>
    /// <exception cref="NotSupportedException">The machine has no libcairo.</exception>
    public static Paint NewDisposablePaint() => new();

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();

    internal CairoContext With(LabelStyle label)
    {
        _context.SelectFont(label.FontName, label.FontSize, label.Bold);
        return _context;
    }
}
