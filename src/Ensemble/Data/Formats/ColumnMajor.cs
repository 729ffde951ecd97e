namespace Ensemble.Data.Formats;

/// <summary>Images as MATLAB lays them out: plane after plane, each column by column.</summary>
internal static class ColumnMajor
{
    /// <summary>Turns the planes of every image to row by row, in place.</summary>
    /// <param name="pixels">[N, C, W, H] uint8; afterwards [N, C, H, W].</param>
    /// <param name="shape">The shape of an image.</param>
    public static void ToRows(Span<byte> pixels, ImageShape shape)
    {
        var (height, width) = (shape.Height, shape.Width);
        var columns = new byte[shape.PlaneLength];
        for (var start = 0; start < pixels.Length; start += shape.PlaneLength)
        {
            var plane = pixels.Slice(start, shape.PlaneLength);
            plane.CopyTo(columns);
            for (var (x, from) = (0, 0); x < width; x++)
            {
                for (var y = 0; y < height; y++)
                {
                    plane[(y * width) + x] = columns[from++];
                }
            }
        }
    }
}
