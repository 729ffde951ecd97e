using System.Buffers.Binary;
using SixLabors.ImageSharp.Formats;

namespace SixLabors.ImageSharp.Tests;

/// <summary>Damage as disks and networks do it, and as the malicious do: a PNG's checksums are made right again every
/// second time, so that what lies behind them is met too.</summary>
internal static class Mutation
{
    public static byte[] Draw(TestRandom random, byte[] original)
    {
        var damaged = Damage(random, original);
        if (random.Next(2) == 0) MendChecksums(damaged);
        return damaged;
    }

    private static byte[] Damage(TestRandom random, byte[] original)
    {
        var content = original.ToArray();
        var start = random.Next(content.Length);
        var end = start + random.Next(content.Length - start + 1);
        switch (random.Next(6))
        {
            case 0:
                return content[..start];
            case 1:
                return [.. content[..end], .. content[start..]];
            case 2:
                return [.. content[..start], .. content[end..]];
            case 3:
                content[start] ^= (byte)(1 << random.Next(8));
                return content;
            case 4:
                // The first hundred bytes are those that decide.
                content[random.Next(Math.Min(100, content.Length))] = (byte)random.Next(256);
                return content;
            default:
                for (var change = random.Next(20); change >= 0; change--)
                {
                    content[random.Next(content.Length)] = (byte)random.Next(256);
                }

                return content;
        }
    }

    private static void MendChecksums(byte[] content)
    {
        if (content.Length < 8 || content[1] != 'P') return;
        var left = content.AsSpan(8);
        while (left.Length >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(left);
            if (length > left.Length - 12) return;
            var end = (int)length + 8;
            BinaryPrimitives.WriteUInt32BigEndian(left[end..], Crc32.Compute(left[4..end]));
            left = left[(end + 4)..];
        }
    }
}
