namespace SixLabors.ImageSharp.Tests;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed everywhere.</summary>
internal sealed class TestRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>0 to <paramref name="end"/> - 1.</summary>
    public int Next(int end)
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)end);
    }
}
