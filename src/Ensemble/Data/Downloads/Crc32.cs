namespace Ensemble.Data.Downloads;

/// <summary>Zip's checksum: CRC-32 of polynomial 0xEDB88320, reflected (ISO 3309), which the framework's zip reader
/// does not hold entries to.</summary>
internal sealed class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Remainder((uint)value))];

    private uint _state = uint.MaxValue;

    /// <summary>The checksum of what was added.</summary>
    public uint Value => ~_state;

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        foreach (var value in bytes)
        {
            state = Table[(byte)(state ^ value)] ^ (state >> 8);
        }

        _state = state;
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
        }

        return value;
    }
}
