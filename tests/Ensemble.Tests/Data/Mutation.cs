using Ensemble.Data;

namespace Ensemble.Tests.Data;

/// <summary>Damage as disks and networks do it.</summary>
internal static class Mutation
{
    /// <summary>Changes one to four bytes or bits, cuts the end off, repeats a part, or takes one out.</summary>
    public static byte[] Draw(RandomStream random, byte[] original)
    {
        var content = original.ToArray();
        var start = random.NextInt(content.Length);
        var end = start + random.NextInt(content.Length - start + 1);
        switch (random.NextInt(5))
        {
            case 0:
                return content[..start];
            case 1:
                return [.. content[..end], .. content[start..]];
            case 2:
                return [.. content[..start], .. content[end..]];
            case 3:
                content[start] ^= (byte)(1 << random.NextInt(8));
                return content;
            default:
                for (var change = random.NextInt(4); change >= 0; change--)
                {
                    content[random.NextInt(content.Length)] = (byte)random.NextInt(256);
                }

                return content;
        }
    }
}
