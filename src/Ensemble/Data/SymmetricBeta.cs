namespace Ensemble.Data;

/// <summary>The distribution Beta(alpha, alpha): between 0 and 1, about 1/2.</summary>
/// <remarks>
/// Jöhnk's method ("Erzeugung von betaverteilten und gammaverteilten Zufallszahlen", Metrika 8, 1964): x = u^(1/alpha) and
/// y = v^(1/alpha) are drawn until x + y is at most 1; then x / (x + y) is distributed so. Done in logarithms, since the
/// powers of a small alpha underflow, and without the platform's maths library, whose last bits differ.
/// </remarks>
internal static class SymmetricBeta
{
    /// <summary>Draws are taken until one fits, on average 70 times at this alpha and 2 times at 1.</summary>
    public const double MaximumAlpha = 4;

    /// <summary>Draws a number.</summary>
    /// <param name="stream">The stream; how many of its numbers are taken varies.</param>
    /// <param name="alpha">Above 0, at most <see cref="MaximumAlpha"/>.</param>
    public static double Draw(RandomStream stream, double alpha)
    {
        while (true)
        {
            // 1 - u is above 0, unlike u.
            var logX = RandomStream.NaturalLogarithm(1 - stream.NextDouble()) / alpha;
            var logY = RandomStream.NaturalLogarithm(1 - stream.NextDouble()) / alpha;
            if (Exponential(logX) + Exponential(logY) <= 1)
            {
                return 1 / (1 + Exponential(logY - logX));
            }
        }
    }

    /// <summary>
    /// e^x within 1e-15 relative, where that is a normal number, else 0 or infinity: x = k ln 2 + r with r within ln 2 / 2, and
    /// the series of e^r.
    /// </summary>
    private static double Exponential(double x)
    {
        if (x is < -708 or > 709)
        {
            return x < 0 ? 0 : double.PositiveInfinity;
        }

        // ln 2 in two parts, the first short enough that k times it is exact.
        var k = Math.Round(x * 1.4426950408889634);
        var r = x - (k * 0.693145751953125) - (k * 1.4286068203094173e-06);
        var sum = 1.0;
        for (var term = 14; term >= 1; term--)
        {
            sum = 1 + (r * sum / term);
        }

        return Math.ScaleB(sum, (int)k);
    }
}
