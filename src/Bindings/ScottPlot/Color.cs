using System.Globalization;

namespace ScottPlot;

/// <summary>A colour of red, green, blue and opacity.</summary>
public readonly struct Color
{
    /// <summary>Red, 0 to 255.</summary>
    public readonly byte Red;

    /// <summary>Green, 0 to 255.</summary>
    public readonly byte Green;

    /// <summary>Blue, 0 to 255.</summary>
    public readonly byte Blue;

    /// <summary>Opacity, 0 (nothing is seen) to 255.</summary>
    public readonly byte Alpha;

    /// <summary>Makes a colour.</summary>
    /// <param name="red">0 to 255.</param>
    /// <param name="green">0 to 255.</param>
    /// <param name="blue">0 to 255.</param>
    /// <param name="alpha">Opacity, 0 to 255.</param>
    public Color(byte red, byte green, byte blue, byte alpha = 255) => (Red, Green, Blue, Alpha) = (red, green, blue, alpha);

    /// <summary>Reads a colour.</summary>
    /// <param name="hex">Six hexadecimal digits of red, green and blue, or eight with the opacity, after a # or without.</param>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public static Color FromHex(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        var digits = hex.TrimStart('#');
        var rgba = digits.Length == 6 ? digits + "ff" : digits;
        return rgba.Length == 8 && uint.TryParse(rgba, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new Color((byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : throw new ArgumentException($"must be 6 or 8 hexadecimal digits, is '{hex}'", nameof(hex));
    }

    /// <summary>The colour with another opacity.</summary>
    /// <param name="alpha">0 to 1.</param>
    public Color WithAlpha(double alpha) => new(Red, Green, Blue, (byte)Math.Round(255 * Math.Clamp(alpha, 0, 1)));

    /// <summary>A colour between this one and another.</summary>
    /// <param name="otherColor">The other.</param>
    /// <param name="fraction">0 for this one, 1 for the other.</param>
    public Color MixedWith(Color otherColor, double fraction) =>
        new(Mix(Red, otherColor.Red, fraction), Mix(Green, otherColor.Green, fraction), Mix(Blue, otherColor.Blue, fraction), Mix(Alpha, otherColor.Alpha, fraction));

    /// <summary>Red, green, blue, and opacity where it is not full, in hexadecimal digits after a #.</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}{(Alpha == 255 ? "" : $"{Alpha:x2}")}";

    private static byte Mix(byte from, byte to, double fraction) => (byte)Math.Round(from + ((to - from) * Math.Clamp(fraction, 0, 1)));
}
