using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class RandomStreamTests
{
    private const int Draws = 100_000;

    /// <summary>Computed by a Python script from the description in the type's remarks, independently of this
    /// code.</summary>
    [Fact]
    public void NextUInt32_KnownKey_GivesTheOraclesWords()
    {
        var plain = new RandomStream(42, "shuffle", 3, 7);
        var wide = new RandomStream(ulong.MaxValue, "Ünïcode", 1ul << 40, 1ul << 50);

        Assert.Equal([0x31bd495e, 0x83bebd25, 0x733d058e, 0x1a1dfde9, 0x6662dc23, 0x79b9628], Take(plain, 6));
        Assert.Equal([0x20bc560e, 0x4b927fc3, 0x667c84cb, 0x344994d7, 0x90d128e4], Take(wide, 5));
    }

    [Fact]
    public void NextDouble_KnownKey_GivesTheOraclesNumber() =>
        Assert.Equal(0.19429453100732852, new RandomStream(42, "shuffle", 3, 7).NextDouble());

    [Fact]
    public void NextUInt32_OtherStreamsDrawnBetween_GivesTheSame()
    {
        var alone = Take(new RandomStream(1, "crop", 2, 3), 20);
        var mixed = new RandomStream(1, "crop", 2, 3);
        var other = new RandomStream(1, "flip", 2, 3);

        var words = new List<uint>();
        for (var index = 0; index < 20; index++)
        {
            other.NextGaussian();
            words.Add(mixed.NextUInt32());
        }

        Assert.Equal(alone, words);
    }

    [Fact]
    public void Constructor_AnyPartOfTheKeyDiffers_GivesOtherNumbers()
    {
        RandomStream[] streams =
        [
            new(1, "crop", 2, 3), new(2, "crop", 2, 3), new(1, "crops", 2, 3), new(1, "Crop", 2, 3),
            new(1, "crop", 3, 3),
            new(1, "crop", 2, 4), new(1, "crop", 3, 2),
        ];

        Assert.Equal(streams.Length, streams.Select(stream => string.Join(' ', Take(stream, 2))).Distinct().Count());
    }

    [Fact]
    public void Constructor_NoPurposeOrALongOne_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new RandomStream(1, ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1, new string('x', 129)));
        Assert.NotNull(new RandomStream(1, new string('\u20AC', RandomStream.MaximumPurposeLength)));
    }

    [Fact]
    public void NextDouble_ManyDraws_AreUniform()
    {
        var random = new RandomStream(1, "test");
        var draws = Enumerable.Range(0, Draws).Select(_ => random.NextDouble()).ToArray();

        Assert.All(draws, draw => Assert.InRange(draw, 0, 0.9999999999999999));
        Assert.Equal(0.5, draws.Average(), 0.004);
        Assert.Equal(1 / 12.0, draws.Average(draw => (draw - 0.5) * (draw - 0.5)), 0.001);
    }

    [Fact]
    public void NextSingle_ManyDraws_AreUniformAndBelowOne()
    {
        var random = new RandomStream(1, "test");
        var draws = Enumerable.Range(0, Draws).Select(_ => random.NextSingle()).ToArray();

        Assert.All(draws, draw => Assert.InRange(draw, 0f, 0.99999994f));
        Assert.Equal(0.5, draws.Average(), 0.004);
    }

    [Fact]
    public void NextGaussian_ManyDraws_HaveTheNormalMoments()
    {
        var random = new RandomStream(1, "test");
        var draws = Enumerable.Range(0, Draws).Select(_ => random.NextGaussian()).ToArray();

        Assert.Equal(0, draws.Average(), 0.015);
        Assert.Equal(1, draws.Average(draw => draw * draw), 0.02);
        Assert.Equal(3, draws.Average(draw => draw * draw * draw * draw), 0.15);
        Assert.Equal(0.6827, draws.Count(draw => Math.Abs(draw) < 1) / (double)Draws, 0.006);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void NextInt_ManyDraws_GivesEachEquallyOften(int exclusiveMaximum)
    {
        var random = new RandomStream(1, "test");
        var counts = new int[exclusiveMaximum];
        for (var draw = 0; draw < Draws; draw++)
        {
            counts[random.NextInt(exclusiveMaximum)]++;
        }

        var expected = (double)Draws / exclusiveMaximum;
        Assert.All(counts, count => Assert.Equal(expected, count, 5 * Math.Sqrt(expected)));
    }

    /// <summary>Of 2^32 words, 3/4 of 2^31 values cannot all get as many: without rejection the low third would come
    /// twice as often.</summary>
    [Fact]
    public void NextInt_LargeRange_IsNotBiased()
    {
        const int Range = 3 << 29;
        var random = new RandomStream(1, "test");

        var thirds = Enumerable.Range(0, Draws).CountBy(_ => random.NextInt(Range) % 3).ToDictionary();

        Assert.Equal(3, thirds.Count);
        Assert.All(thirds.Values, count => Assert.Equal(Draws / 3.0, count, 1000.0));
    }

    [Fact]
    public void NextInt_NoRange_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1, "test").NextInt(0));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void Permutation_AnyCount_HoldsEachOnce(int count) =>
        Assert.Equal(Enumerable.Range(0, count), new RandomStream(1, "test").Permutation(count).Order());

    [Fact]
    public void Permutation_OfThree_GivesEachOrderEquallyOften()
    {
        var random = new RandomStream(1, "test");

        var counts = Enumerable.Range(0, 60_000).CountBy(_ => string.Join(' ', random.Permutation(3))).ToDictionary();

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.Equal(10_000.0, count, 500.0));
    }

    private static uint[] Take(RandomStream stream, int count)
    {
        var words = new uint[count];
        for (var index = 0; index < count; index++)
        {
            words[index] = stream.NextUInt32();
        }

        return words;
    }
}
