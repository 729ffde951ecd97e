using System.Runtime.InteropServices;

namespace ScottPlot.Interop;

/// <summary>cairo_font_extents_t: how large a font is, in pixels.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FontExtents
{
    public double Ascent;
    public double Descent;
    public double Height;
    public double MaximumXAdvance;
    public double MaximumYAdvance;
}
