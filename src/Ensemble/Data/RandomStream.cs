using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Ensemble.Data;

/// <summary>
/// A stream of random numbers that is a pure function of its key (seed, purpose, epoch, sample): the same key gives the
/// same numbers, whatever else was drawn, in whatever order, on whatever machine. Not safe for use by several threads
/// at once; give each its own.
/// </summary>
/// <remarks>
/// Block b of the stream is Philox4x32-10 of the counter (b, sample) under a subkey; the subkey is the first 64 bits of
/// Philox4x32-10 of the counter (FNV-1a-64 of the purpose's UTF-8 bytes, epoch) under the seed. Streams that differ in
/// the sample alone therefore never share a block; others do so with the chance that two 64-bit keys are equal. Only
/// integer arithmetic and the operations that IEEE 754 rounds exactly are used, no function of the platform's maths
/// library.
/// </remarks>
[SuppressMessage("Naming", "CA1711", Justification = "The field's term; the generator is no System.IO.Stream.")]
public sealed class RandomStream
{
    /// <summary>The longest purpose, in UTF-16 code units.</summary>
    public const int MaximumPurposeLength = 128;

    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private readonly ulong _subkey;
    private readonly ulong _sample;
    private readonly uint[] _words = new uint[4];
    private ulong _block;
    private int _used = 4;
    private double? _spareGaussian;

    /// <summary>Opens the stream at its first number.</summary>
    /// <param name="seed">The run's or the data set's seed.</param>
    /// <param name="purpose">What the numbers are for, 1 to 128 characters, such as <c>shuffle</c>; case
    /// matters.</param>
    /// <param name="epoch">The epoch, or 0 where there is none.</param>
    /// <param name="sample">The sample's index, or 0 where there is none.</param>
    /// <exception cref="ArgumentException"><paramref name="purpose"/> is empty or too long.</exception>
    public RandomStream(ulong seed, string purpose, ulong epoch = 0, ulong sample = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(purpose.Length, MaximumPurposeLength, nameof(purpose));
        Philox4x32.Encrypt(Hash(purpose), epoch, seed, _words);
        _subkey = _words[0] | ((ulong)_words[1] << 32);
        _sample = sample;
    }

    /// <summary>Draws 32 uniform bits.</summary>
    /// <returns>0 to 4,294,967,295, each equally likely.</returns>
    public uint NextUInt32()
    {
        if (_used == 4)
        {
            Philox4x32.Encrypt(_block++, _sample, _subkey, _words);
            _used = 0;
        }

        return _words[_used++];
    }

    /// <summary>Draws a uniform number with 53 random bits (two draws of 32).</summary>
    /// <returns>At least 0, below 1.</returns>
    public double NextDouble()
    {
        var high = NextUInt32() >> 5;
        var low = NextUInt32() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary>Draws a uniform number with 24 random bits (one draw of 32).</summary>
    /// <returns>At least 0, below 1.</returns>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / 16777216f);

    /// <summary>Draws a uniform integer without bias (Lemire 2019, arXiv 1805.10941, algorithm 5).</summary>
    /// <param name="exclusiveMaximum">One more than the largest result; at least 1.</param>
    /// <returns>0 to <paramref name="exclusiveMaximum"/> - 1, each equally likely.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMaximum"/> is below 1.</exception>
    public int NextInt(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMaximum, 1);
        var range = (uint)exclusiveMaximum;
        var product = (ulong)NextUInt32() * range;
        if ((uint)product < range)
        {
            var unfair = unchecked(0u - range) % range;
            while ((uint)product < unfair)
            {
                product = (ulong)NextUInt32() * range;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Draws from the standard normal distribution (Marsaglia and Bray 1964, the polar method).</summary>
    /// <returns>A number of mean 0 and variance 1.</returns>
    public double NextGaussian()
    {
        if (_spareGaussian is { } spare)
        {
            _spareGaussian = null;
            return spare;
        }

        double x, y, squaredRadius;
        do
        {
            x = (2 * NextDouble()) - 1;
            y = (2 * NextDouble()) - 1;
            squaredRadius = (x * x) + (y * y);
        }
        while (squaredRadius is >= 1 or 0);

        var scale = Math.Sqrt(-2 * NaturalLogarithm(squaredRadius) / squaredRadius);
        _spareGaussian = y * scale;
        return x * scale;
    }

    /// <summary>Puts items into an order, each order equally likely (Fisher and Yates).</summary>
    /// <param name="items">The items; reordered in place.</param>
    public void Shuffle(Span<int> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var chosen = NextInt(last + 1);
            (items[last], items[chosen]) = (items[chosen], items[last]);
        }
    }

    /// <summary>Draws an order of the integers 0 to <paramref name="count"/> - 1, each order equally likely.</summary>
    /// <param name="count">How many; at least 0.</param>
    /// <returns>The integers in that order.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = new int[count];
        for (var index = 0; index < count; index++)
        {
            order[index] = index;
        }

        Shuffle(order);
        return order;
    }

    /// <summary>
    /// ln of a positive, normal number within 1e-15 relative: ln(m 2^e) = e ln 2 + 2 artanh((m - 1)/(m + 1)), by the
    /// series of artanh. Math.Log is the platform's, and platforms differ in the last bit.
    /// </summary>
    internal static double NaturalLogarithm(double value)
    {
        var exponent = Math.ILogB(value);
        var mantissa = Math.ScaleB(value, -exponent);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        var ratio = (mantissa - 1) / (mantissa + 1);
        var square = ratio * ratio;
        var sum = 0.0;
        for (var denominator = 21; denominator >= 1; denominator -= 2)
        {
            sum = (sum * square) + (1.0 / denominator);
        }

        return (exponent * 0.6931471805599453) + (2 * ratio * sum);
    }

    private static ulong Hash(string purpose)
    {
        Span<byte> utf8 = stackalloc byte[3 * MaximumPurposeLength];
        var byteCount = Encoding.UTF8.GetBytes(purpose, utf8);
        var hash = FnvOffset;
        foreach (var character in utf8[..byteCount])
        {
            hash = unchecked((hash ^ character) * FnvPrime);
        }

        return hash;
    }
}
