using System.Runtime.InteropServices;
using ScottPlot.Interop;

namespace ScottPlot.Rendering;

/// <summary>Draws with libcairo, and gives a PNG.</summary>
internal sealed unsafe class CairoCanvas(int width, int height) : Canvas, IDisposable
{
    private const int RoundJoin = 1;
    private const int WriteError = 11;

    private readonly CairoContext _context = new(width, height);

    private LibCairo Cairo => _context.Cairo;

    private nint Handle => _context.Handle;

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<Pixel> corners, Color color)
    {
        if (color.Alpha == 0) return;
        SetColor(color);
        Trace(corners, isClosed: true);
        Cairo.Fill(Handle);
    }

    /// <inheritdoc/>
    public override void Stroke(ReadOnlySpan<Pixel> points, bool isClosed, LineStyle line)
    {
        if (!line.IsDrawn) return;
        Trace(points, isClosed);
        Stroke(line);
    }

    /// <inheritdoc/>
    public override void FillCircle(Pixel center, float radius, Color color)
    {
        if (color.Alpha == 0) return;
        SetColor(color);
        Trace(center, radius);
        Cairo.Fill(Handle);
    }

    /// <inheritdoc/>
    public override void StrokeCircle(Pixel center, float radius, LineStyle line)
    {
        if (!line.IsDrawn) return;
        Trace(center, radius);
        Stroke(line);
    }

    /// <inheritdoc/>
    public override void Text(string text, Pixel pivot, Pixel offset, float width, LabelStyle label)
    {
        Cairo.Save(Handle);
        Cairo.Translate(Handle, pivot.X, pivot.Y);
        Cairo.Rotate(Handle, label.Rotation * Math.PI / 180);
        SetColor(label.ForeColor);
        _context.SelectFont(label.FontName, label.FontSize, label.Bold);
        Cairo.MoveTo(Handle, offset.X, offset.Y);
        _context.ShowText(text);
        Cairo.NewPath(Handle);
        Cairo.Restore(Handle);
    }

    /// <inheritdoc/>
    public override void PushClip(PixelRect rect)
    {
        Cairo.Save(Handle);
        Cairo.Rectangle(Handle, rect.Left, rect.Top, rect.Width, rect.Height);
        Cairo.Clip(Handle);
    }

    /// <inheritdoc/>
    public override void PopClip() => Cairo.Restore(Handle);

    /// <summary>What was drawn, as a PNG.</summary>
    /// <exception cref="InvalidOperationException">cairo met a fault.</exception>
    public byte[] ToPng()
    {
        Cairo.Require(Cairo.Status(Handle));
        using var stream = new MemoryStream();
        var handle = GCHandle.Alloc(stream);
        try
        {
            Cairo.Require(Cairo.SurfaceWriteToPngStream(_context.Surface, &Write, (void*)GCHandle.ToIntPtr(handle)));
        }
        finally
        {
            handle.Free();
        }

        return stream.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();

    // No exception may pass through cairo's frames.
    [UnmanagedCallersOnly]
    private static int Write(void* closure, byte* data, uint length)
    {
        try
        {
            var stream = (MemoryStream)GCHandle.FromIntPtr((nint)closure).Target!;
            stream.Write(new ReadOnlySpan<byte>(data, checked((int)length)));
            return 0;
        }
        catch (Exception exception) when (exception is IOException or OutOfMemoryException or OverflowException)
        {
            return WriteError;
        }
    }

    private void Stroke(LineStyle line)
    {
        SetColor(line.Color);
        Cairo.SetLineWidth(Handle, line.Width);
        Cairo.SetLineJoin(Handle, RoundJoin);
        var dashes = Array.ConvertAll(line.Pattern.Lengths, length => (double)length);
        fixed (double* first = dashes)
        {
            Cairo.SetDash(Handle, first, dashes.Length, line.Pattern.Phase);
        }

        Cairo.Stroke(Handle);
    }

    private void Trace(ReadOnlySpan<Pixel> points, bool isClosed)
    {
        Cairo.NewPath(Handle);
        foreach (var point in points)
        {
            Cairo.LineTo(Handle, point.X, point.Y);
        }

        if (isClosed) Cairo.ClosePath(Handle);
    }

    private void Trace(Pixel center, float radius)
    {
        Cairo.NewPath(Handle);
        Cairo.Arc(Handle, center.X, center.Y, radius, 0, 2 * Math.PI);
        Cairo.ClosePath(Handle);
    }

    private void SetColor(Color color) =>
        Cairo.SetSourceRgba(Handle, color.Red / 255.0, color.Green / 255.0, color.Blue / 255.0, color.Alpha / 255.0);
}
