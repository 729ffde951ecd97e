namespace SixLabors.ImageSharp.Processing;

/// <summary>The eight ways to hold a camera (EXIF 2.32, 4.6.4, tag 0x0112).</summary>
internal static class Orientation
{
    /// <summary>Turns stored pixels into the picture that was seen.</summary>
    public static PixelBuffer Apply(PixelBuffer stored, int orientation)
    {
        var isTurned = orientation >= 5;
        var upright = isTurned
            ? new PixelBuffer(stored.Height, stored.Width, stored.Channels)
            : new PixelBuffer(stored.Width, stored.Height, stored.Channels);
        var (right, bottom) = (stored.Width - 1, stored.Height - 1);
        for (var y = 0; y < upright.Height; y++)
        {
            var row = upright.Row(y);
            for (var x = 0; x < upright.Width; x++)
            {
                var (fromX, fromY) = orientation switch
                {
                    2 => (right - x, y), // stored mirrored
                    3 => (right - x, bottom - y), // upside down
                    4 => (x, bottom - y), // upside down and mirrored
                    5 => (y, x), // row 0 is the left side, column 0 the top
                    6 => (y, bottom - x), // row 0 is the right side, column 0 the top
                    7 => (right - y, bottom - x), // row 0 is the right side, column 0 the bottom
                    8 => (right - y, x), // row 0 is the left side, column 0 the bottom
                    _ => (x, y),
                };
                stored.Row(fromY).Slice(fromX * stored.Channels, stored.Channels).CopyTo(row[(x * stored.Channels)..]);
            }
        }

        return upright;
    }
}
