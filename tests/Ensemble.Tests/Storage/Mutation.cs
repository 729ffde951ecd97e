namespace Ensemble.Tests.Storage;

/// <summary>Damages bytes as disks, editors and attackers do: flips, insertions, cuts, repeats, extreme numbers.</summary>
internal static class Mutation
{
    private static readonly byte[][] s_hostile =
    [
        "9223372036854775807"u8.ToArray(), "-1"u8.ToArray(), "1e999"u8.ToArray(), "1.0"u8.ToArray(), "null"u8.ToArray(), "NaN"u8.ToArray(),
        "\"\\ud800\""u8.ToArray(), "[[[[[[[["u8.ToArray(), "{}"u8.ToArray(), [0xFF, 0xFE], [0, 0, 0, 0], "\"shape\":[1],"u8.ToArray(),
        "4294967296,4294967296"u8.ToArray(), "00"u8.ToArray(), "\n"u8.ToArray(),
    ];

    public static byte[] Apply(byte[] valid, ulong seed)
    {
        var random = new SplitMix(seed);
        var bytes = new List<byte>(valid);
        for (var count = 1 + random.Below(3); count > 0 && bytes.Count > 0; count--)
        {
            Damage(bytes, random);
        }

        return [.. bytes];
    }

    private static void Damage(List<byte> bytes, SplitMix random)
    {
        var place = random.Below(bytes.Count);
        var length = Math.Min(1 + random.Below(16), bytes.Count - place);
        var hostile = s_hostile[random.Below(s_hostile.Length)];
        switch (random.Below(7))
        {
            case 0: bytes[place] ^= (byte)(1 << random.Below(8)); break;
            case 1: bytes[place] = (byte)random.Below(256); break;
            case 2: bytes.RemoveRange(place, length); break;
            case 3: bytes.InsertRange(place, bytes.GetRange(place, length)); break;
            case 4: bytes.RemoveRange(place, bytes.Count - place); break;
            case 5: bytes.InsertRange(place, hostile); break;
            default:
                bytes.RemoveRange(place, Math.Min(hostile.Length, bytes.Count - place));
                bytes.InsertRange(place, hostile);
                break;
        }
    }
}
