namespace SixLabors.ImageSharp.Formats;

/// <summary>The checksum of PNG's chunks: CRC-32 of ISO 3309 (polynomial 0xEDB88320, reflected), eight bytes at a
/// time.</summary>
internal static class Crc32
{
    private static readonly uint[][] s_tables = MakeTables();

    public static uint Compute(ReadOnlySpan<byte> data)
    {
        var t = s_tables;
        var crc = uint.MaxValue;
        for (; data.Length >= 8; data = data[8..])
        {
            crc ^= (uint)(data[0] | (data[1] << 8) | (data[2] << 16) | (data[3] << 24));
            crc = t[7][crc & 255] ^ t[6][(crc >> 8) & 255] ^ t[5][(crc >> 16) & 255] ^ t[4][crc >> 24]
                ^ t[3][data[4]] ^ t[2][data[5]] ^ t[1][data[6]] ^ t[0][data[7]];
        }

        foreach (var value in data)
        {
            crc = t[0][(crc ^ value) & 255] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (var table = 0; table < tables.Length; table++)
        {
            tables[table] = new uint[256];
            for (uint value = 0; value < 256; value++)
            {
                tables[table][value] = table == 0 ? Remainder(value) : Next(tables, table, value);
            }
        }

        return tables;
    }

    private static uint Next(uint[][] tables, int table, uint value)
    {
        var before = tables[table - 1][value];
        return tables[0][before & 255] ^ (before >> 8);
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
