using System.Text;

namespace ScottPlot.Interop;

/// <summary>An image in memory and what draws on it.</summary>
internal sealed unsafe class CairoContext : IDisposable
{
    private readonly nint _surface;
    private readonly nint _context;

    /// <summary>Makes a transparent image.</summary>
    /// <param name="width">Pixels, 1 to 32767.</param>
    /// <param name="height">Pixels, 1 to 32767.</param>
    /// <exception cref="NotSupportedException">The machine has no libcairo.</exception>
    public CairoContext(int width, int height)
    {
        Cairo = LibCairo.Instance;
        _surface = Cairo.ImageSurfaceCreate(LibCairo.FormatArgb32, width, height);
        _context = Cairo.Create(_surface);
        Cairo.Require(Cairo.SurfaceStatus(_surface));
        UseUnhintedFonts();
    }

    /// <summary>The library.</summary>
    public LibCairo Cairo { get; }

    /// <summary>cairo's context.</summary>
    public nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return _context;
        }
    }

    /// <summary>cairo's surface.</summary>
    public nint Surface => _surface;

    private bool IsDisposed { get; set; }

    /// <summary>Chooses a font for what follows.</summary>
    public void SelectFont(string family, float size, bool isBold)
    {
        fixed (byte* name = ToUtf8(family))
        {
            Cairo.SelectFontFace(Handle, name, 0, LibCairo.WeightNormal + (isBold ? 1 : 0));
        }

        Cairo.SetFontSize(Handle, size);
    }

    /// <summary>How far a line of text moves the pen, in pixels.</summary>
    /// <exception cref="NotSupportedException">The machine has no font.</exception>
    public float MeasureWidth(string line)
    {
        TextExtents extents;
        fixed (byte* text = ToUtf8(line))
        {
            Cairo.TextExtents(Handle, text, &extents);
        }

        Cairo.Require(Cairo.Status(Handle));
        return extents.XAdvance > 0 || line.Length == 0
            ? (float)extents.XAdvance
            : throw new NotSupportedException("plots need a font, and this machine has none; type: apt-get install fonts-dejavu-core");
    }

    /// <summary>How large the font is.</summary>
    public FontExtents MeasureFont()
    {
        FontExtents extents;
        Cairo.FontExtents(Handle, &extents);
        Cairo.Require(Cairo.Status(Handle));
        return extents;
    }

    /// <summary>Draws a line of text from the path's point on.</summary>
    public void ShowText(string line)
    {
        fixed (byte* text = ToUtf8(line))
        {
            Cairo.ShowText(Handle, text);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            Cairo.Destroy(_context);
            Cairo.SurfaceDestroy(_surface);
        }
    }

    // Hinted text would be as wide as whole pixels make it, and differ between the size here and that of an SVG's viewer.
    private void UseUnhintedFonts()
    {
        var options = Cairo.FontOptionsCreate();
        Cairo.FontOptionsSetHintStyle(options, 1);
        Cairo.FontOptionsSetHintMetrics(options, 1);
        Cairo.FontOptionsSetAntialias(options, 2);
        Cairo.SetFontOptions(Handle, options);
        Cairo.FontOptionsDestroy(options);
    }

    // C's strings end at the first zero byte.
    private static byte[] ToUtf8(string text) => [.. Encoding.UTF8.GetBytes(text.Replace('\0', ' ')), 0];
}
