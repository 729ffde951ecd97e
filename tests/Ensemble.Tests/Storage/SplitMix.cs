namespace Ensemble.Tests.Storage;

/// <summary>A seeded stream of numbers for mutations (splitmix64: Steele, Lea and Flood 2014).</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
