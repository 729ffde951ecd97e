namespace Ensemble.Data;

/// <summary>
/// The counter-based generator Philox4x32-10: a bijection of 128-bit counters, chosen by a 64-bit key. Salmon, Moraes,
/// Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3.
/// </summary>
public static class Philox4x32
{
    private const int Rounds = 10;
    private const uint FirstMultiplier = 0xD2511F53;
    private const uint SecondMultiplier = 0xCD9E8D57;
    private const uint FirstKeyStep = 0x9E3779B9;
    private const uint SecondKeyStep = 0xBB67AE85;

    /// <summary>Encrypts one counter.</summary>
    /// <param name="counterLow">Counter words 0 (low half) and 1 (high half).</param>
    /// <param name="counterHigh">Counter words 2 (low half) and 3 (high half).</param>
    /// <param name="key">Key words 0 (low half) and 1 (high half).</param>
    /// <param name="words">Receives the four output words, in the order of the reference implementation.</param>
    /// <exception cref="ArgumentException"><paramref name="words"/> holds fewer than four.</exception>
    public static void Encrypt(ulong counterLow, ulong counterHigh, ulong key, Span<uint> words)
    {
        if (words.Length < 4)
        {
            throw new ArgumentException($"must hold 4 words, holds {words.Length}", nameof(words));
        }

        var (word0, word1) = ((uint)counterLow, (uint)(counterLow >> 32));
        var (word2, word3) = ((uint)counterHigh, (uint)(counterHigh >> 32));
        var (key0, key1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var first = (ulong)FirstMultiplier * word0;
            var second = (ulong)SecondMultiplier * word2;
            word0 = (uint)(second >> 32) ^ word1 ^ key0;
            word1 = (uint)second;
            word2 = (uint)(first >> 32) ^ word3 ^ key1;
            word3 = (uint)first;
            unchecked
            {
                key0 += FirstKeyStep;
                key1 += SecondKeyStep;
            }
        }

        (words[0], words[1], words[2], words[3]) = (word0, word1, word2, word3);
    }
}
