using System.Runtime.InteropServices;

namespace ScottPlot.Interop;

/// <summary>cairo_text_extents_t: how large a line of text is, in pixels.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TextExtents
{
    public double XBearing;
    public double YBearing;
    public double Width;
    public double Height;
    public double XAdvance;
    public double YAdvance;
}
