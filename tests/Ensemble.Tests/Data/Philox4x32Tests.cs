using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class Philox4x32Tests
{
    /// <summary>The lines "philox4x32 10" of Random123's tests/kat_vectors; the words are little end first.</summary>
    [Theory]
    [InlineData(0ul, 0ul, 0ul, new[] { 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u })]
    [InlineData(
        ulong.MaxValue,
        ulong.MaxValue,
        ulong.MaxValue,
        new[] { 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu })]
    [InlineData(
        0x85a308d3_243f6a88ul,
        0x03707344_13198a2eul,
        0x299f31d0_a4093822ul,
        new[] { 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u })]
    public void Encrypt_KnownCounterAndKey_GivesTheKnownAnswer(ulong low, ulong high, ulong key, uint[] expected)
    {
        var words = new uint[4];

        Philox4x32.Encrypt(low, high, key, words);

        Assert.Equal(expected, words);
    }

    [Fact]
    public void Encrypt_RoomForThreeWords_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Philox4x32.Encrypt(0, 0, 0, new uint[3]));
}
