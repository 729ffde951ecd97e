using System.Runtime.InteropServices;

namespace ScottPlot.Interop;

/// <summary>The functions of the machine's libcairo (1.10 or later, with PNG) that are used here.</summary>
internal sealed unsafe class LibCairo
{
    /// <summary>CAIRO_FORMAT_ARGB32.</summary>
    public const int FormatArgb32 = 0;

    /// <summary>CAIRO_FONT_WEIGHT_NORMAL and, one more, CAIRO_FONT_WEIGHT_BOLD.</summary>
    public const int WeightNormal = 0;

    private static readonly string[] s_names = ["libcairo.so.2", "libcairo.so", "libcairo.2.dylib"];

    // A field and no static constructor: what that throws comes wrapped, and without a second chance.
    private static volatile LibCairo? s_loaded;

    private LibCairo(nint library)
    {
        ImageSurfaceCreate = (delegate* unmanaged<int, int, int, nint>)Find(library, "cairo_image_surface_create");
        SurfaceStatus = (delegate* unmanaged<nint, int>)Find(library, "cairo_surface_status");
        SurfaceDestroy = (delegate* unmanaged<nint, void>)Find(library, "cairo_surface_destroy");
        SurfaceWriteToPngStream = (delegate* unmanaged<nint, delegate* unmanaged<void*, byte*, uint, int>, void*, int>)
            Find(library, "cairo_surface_write_to_png_stream");
        StatusToString = (delegate* unmanaged<int, byte*>)Find(library, "cairo_status_to_string");
        Create = (delegate* unmanaged<nint, nint>)Find(library, "cairo_create");
        Destroy = (delegate* unmanaged<nint, void>)Find(library, "cairo_destroy");
        Status = (delegate* unmanaged<nint, int>)Find(library, "cairo_status");
        Save = (delegate* unmanaged<nint, void>)Find(library, "cairo_save");
        Restore = (delegate* unmanaged<nint, void>)Find(library, "cairo_restore");
        Translate = (delegate* unmanaged<nint, double, double, void>)Find(library, "cairo_translate");
        Rotate = (delegate* unmanaged<nint, double, void>)Find(library, "cairo_rotate");
        SetSourceRgba = (delegate* unmanaged<nint, double, double, double, double, void>)Find(library, "cairo_set_source_rgba");
        SetLineWidth = (delegate* unmanaged<nint, double, void>)Find(library, "cairo_set_line_width");
        SetLineJoin = (delegate* unmanaged<nint, int, void>)Find(library, "cairo_set_line_join");
        SetDash = (delegate* unmanaged<nint, double*, int, double, void>)Find(library, "cairo_set_dash");
        MoveTo = (delegate* unmanaged<nint, double, double, void>)Find(library, "cairo_move_to");
        LineTo = (delegate* unmanaged<nint, double, double, void>)Find(library, "cairo_line_to");
        Arc = (delegate* unmanaged<nint, double, double, double, double, double, void>)Find(library, "cairo_arc");
        Rectangle = (delegate* unmanaged<nint, double, double, double, double, void>)Find(library, "cairo_rectangle");
        NewPath = (delegate* unmanaged<nint, void>)Find(library, "cairo_new_path");
        ClosePath = (delegate* unmanaged<nint, void>)Find(library, "cairo_close_path");
        Fill = (delegate* unmanaged<nint, void>)Find(library, "cairo_fill");
        Stroke = (delegate* unmanaged<nint, void>)Find(library, "cairo_stroke");
        Clip = (delegate* unmanaged<nint, void>)Find(library, "cairo_clip");
        SelectFontFace = (delegate* unmanaged<nint, byte*, int, int, void>)Find(library, "cairo_select_font_face");
        SetFontSize = (delegate* unmanaged<nint, double, void>)Find(library, "cairo_set_font_size");
        ShowText = (delegate* unmanaged<nint, byte*, void>)Find(library, "cairo_show_text");
        TextExtents = (delegate* unmanaged<nint, byte*, TextExtents*, void>)Find(library, "cairo_text_extents");
        FontExtents = (delegate* unmanaged<nint, FontExtents*, void>)Find(library, "cairo_font_extents");
        FontOptionsCreate = (delegate* unmanaged<nint>)Find(library, "cairo_font_options_create");
        FontOptionsDestroy = (delegate* unmanaged<nint, void>)Find(library, "cairo_font_options_destroy");
        FontOptionsSetHintStyle = (delegate* unmanaged<nint, int, void>)Find(library, "cairo_font_options_set_hint_style");
        FontOptionsSetHintMetrics = (delegate* unmanaged<nint, int, void>)Find(library, "cairo_font_options_set_hint_metrics");
        FontOptionsSetAntialias = (delegate* unmanaged<nint, int, void>)Find(library, "cairo_font_options_set_antialias");
        SetFontOptions = (delegate* unmanaged<nint, nint, void>)Find(library, "cairo_set_font_options");
    }

    /// <summary>The library.</summary>
    /// <exception cref="NotSupportedException">The machine has none.</exception>
    public static LibCairo Instance => s_loaded ??= new LibCairo(Open(s_names));

    /// <summary>(format, width, height) -> surface.</summary>
    public delegate* unmanaged<int, int, int, nint> ImageSurfaceCreate { get; }

    /// <summary>surface -> status, 0 where all is well.</summary>
    public delegate* unmanaged<nint, int> SurfaceStatus { get; }

    /// <summary>Gives a surface back.</summary>
    public delegate* unmanaged<nint, void> SurfaceDestroy { get; }

    /// <summary>(surface, write(closure, data, length) -> status, closure) -> status.</summary>
    public delegate* unmanaged<nint, delegate* unmanaged<void*, byte*, uint, int>, void*, int> SurfaceWriteToPngStream { get; }

    /// <summary>status -> what it means, in UTF-8.</summary>
    public delegate* unmanaged<int, byte*> StatusToString { get; }

    /// <summary>surface -> context.</summary>
    public delegate* unmanaged<nint, nint> Create { get; }

    /// <summary>Gives a context back.</summary>
    public delegate* unmanaged<nint, void> Destroy { get; }

    /// <summary>context -> status of the first fault, 0 for none.</summary>
    public delegate* unmanaged<nint, int> Status { get; }

    /// <summary>Remembers the context's state.</summary>
    public delegate* unmanaged<nint, void> Save { get; }

    /// <summary>Brings the remembered state back.</summary>
    public delegate* unmanaged<nint, void> Restore { get; }

    /// <summary>(context, x, y), pixels.</summary>
    public delegate* unmanaged<nint, double, double, void> Translate { get; }

    /// <summary>(context, angle), radians, clockwise on the screen.</summary>
    public delegate* unmanaged<nint, double, void> Rotate { get; }

    /// <summary>(context, red, green, blue, alpha), 0 to 1.</summary>
    public delegate* unmanaged<nint, double, double, double, double, void> SetSourceRgba { get; }

    /// <summary>(context, pixels).</summary>
    public delegate* unmanaged<nint, double, void> SetLineWidth { get; }

    /// <summary>(context, 0 miter, 1 round, 2 bevel).</summary>
    public delegate* unmanaged<nint, int, void> SetLineJoin { get; }

    /// <summary>(context, lengths, count, offset).</summary>
    public delegate* unmanaged<nint, double*, int, double, void> SetDash { get; }

    /// <summary>(context, x, y).</summary>
    public delegate* unmanaged<nint, double, double, void> MoveTo { get; }

    /// <summary>(context, x, y).</summary>
    public delegate* unmanaged<nint, double, double, void> LineTo { get; }

    /// <summary>(context, x, y, radius, from, to), radians.</summary>
    public delegate* unmanaged<nint, double, double, double, double, double, void> Arc { get; }

    /// <summary>(context, left, top, width, height).</summary>
    public delegate* unmanaged<nint, double, double, double, double, void> Rectangle { get; }

    /// <summary>Forgets the path.</summary>
    public delegate* unmanaged<nint, void> NewPath { get; }

    /// <summary>Joins the path's end with its beginning.</summary>
    public delegate* unmanaged<nint, void> ClosePath { get; }

    /// <summary>Fills the path and forgets it.</summary>
    public delegate* unmanaged<nint, void> Fill { get; }

    /// <summary>Draws along the path and forgets it.</summary>
    public delegate* unmanaged<nint, void> Stroke { get; }

    /// <summary>Lets nothing be drawn outside of the path, and forgets it.</summary>
    public delegate* unmanaged<nint, void> Clip { get; }

    /// <summary>(context, family in UTF-8, slant, weight).</summary>
    public delegate* unmanaged<nint, byte*, int, int, void> SelectFontFace { get; }

    /// <summary>(context, pixels).</summary>
    public delegate* unmanaged<nint, double, void> SetFontSize { get; }

    /// <summary>(context, UTF-8).</summary>
    public delegate* unmanaged<nint, byte*, void> ShowText { get; }

    /// <summary>(context, UTF-8, out extents).</summary>
    public delegate* unmanaged<nint, byte*, TextExtents*, void> TextExtents { get; }

    /// <summary>(context, out extents).</summary>
    public delegate* unmanaged<nint, FontExtents*, void> FontExtents { get; }

    /// <summary>-> options.</summary>
    public delegate* unmanaged<nint> FontOptionsCreate { get; }

    /// <summary>Gives options back.</summary>
    public delegate* unmanaged<nint, void> FontOptionsDestroy { get; }

    /// <summary>(options, 1 none).</summary>
    public delegate* unmanaged<nint, int, void> FontOptionsSetHintStyle { get; }

    /// <summary>(options, 1 off).</summary>
    public delegate* unmanaged<nint, int, void> FontOptionsSetHintMetrics { get; }

    /// <summary>(options, 2 gray).</summary>
    public delegate* unmanaged<nint, int, void> FontOptionsSetAntialias { get; }

    /// <summary>(context, options).</summary>
    public delegate* unmanaged<nint, nint, void> SetFontOptions { get; }

    /// <summary>Throws where cairo tells of a fault.</summary>
    /// <param name="status">What a function returned; 0 where all is well.</param>
    /// <exception cref="InvalidOperationException">It is not 0.</exception>
    public void Require(int status)
    {
        if (status != 0)
        {
            throw new InvalidOperationException($"libcairo: {Marshal.PtrToStringUTF8((nint)StatusToString(status))} (status {status})");
        }
    }

    /// <summary>Opens the first of some names that is there.</summary>
    /// <exception cref="NotSupportedException">None is.</exception>
    internal static nint Open(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var library)) return library;
        }

        throw new NotSupportedException(
            $"plots need {names[0]}, which this machine lacks; type: apt-get install libcairo2 fonts-dejavu-core");
    }

    private static nint Find(nint library, string function) =>
        NativeLibrary.TryGetExport(library, function, out var address)
            ? address
            : throw new NotSupportedException(
                $"this machine's {s_names[0]} has no {function}; type: apt-get install --only-upgrade libcairo2");
}
