namespace Ensemble.Data.Formats;

/// <summary>The checksum of zip archives (CRC-32 of ISO 3309, polynomial 0xEDB88320 reflected), which the framework
/// does not hold entries against.</summary>
internal static class Crc32
{
    // Eight tables, so that eight bytes are taken at once: a data set is hundreds of megabytes.
    private static readonly uint[][] Tables = CreateTables();

    /// <summary>The checksum of what a checksum is of, and more bytes after it.</summary>
    /// <param name="checksum">The checksum so far; 0 of nothing.</param>
    /// <param name="content">What comes after.</param>
    public static uint Append(uint checksum, ReadOnlySpan<byte> content)
    {
        var state = ~checksum;
        var tables = Tables;
        while (content.Length >= 8)
        {
            state = tables[7][(byte)(state ^ content[0])]
                ^ tables[6][(byte)((state >> 8) ^ content[1])]
                ^ tables[5][(byte)((state >> 16) ^ content[2])]
                ^ tables[4][(byte)((state >> 24) ^ content[3])]
                ^ tables[3][content[4]]
                ^ tables[2][content[5]]
                ^ tables[1][content[6]]
                ^ tables[0][content[7]];
            content = content[8..];
        }

        foreach (var value in content)
        {
            state = tables[0][(byte)(state ^ value)] ^ (state >> 8);
        }

        return ~state;
    }

    private static uint[][] CreateTables()
    {
        var tables = new uint[8][];
        for (var table = 0; table < tables.Length; table++)
        {
            tables[table] = new uint[256];
            for (uint value = 0; value < 256; value++)
            {
                var state = table == 0 ? value : tables[table - 1][value];
                for (var bit = 0; bit < 8; bit++)
                {
                    state = (state & 1) == 0 ? state >> 1 : (state >> 1) ^ 0xEDB88320;
                }

                tables[table][value] = state;
            }
        }

        return tables;
    }
}
