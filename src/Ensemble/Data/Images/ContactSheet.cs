using System.Diagnostics;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Ensemble.Data.Images;

/// <summary>A picture of a data set for a person to look at: a row for each class, eight of its images side by side,
/// drawn by a seed; and how many images every class has.</summary>
public sealed record ContactSheet
{
    /// <summary>Images in a row.</summary>
    public const int Columns = 8;

    /// <summary>The most rows: of more classes the first are shown.</summary>
    public const int MostRows = 40;

    /// <summary>What the PNG is kept below, in bytes: by smaller and coarser pictures.</summary>
    public const int MostBytes = 200_000;

    private const int GapPixels = 2;

    // Of a sheet with more rows than twice this, so many are drawn first, to foresee what the whole takes.
    private const int TrialRows = 5;
    private const byte BackgroundLevel = 96;

    private static readonly int[] s_smallerSizes = [64, 48, 32, 24, 16, 12];

    // Bits of a colour: full ones first, then coarser ones, which compress better.
    private static readonly int[] s_keptBits = [8, 5, 4];

    /// <summary>The PNG file.</summary>
    public required ReadOnlyMemory<byte> Png { get; init; }

    /// <summary>The class names, in the order of the labels.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The images of each class, in the same order.</summary>
    public required IReadOnlyList<int> CountPerClass { get; init; }

    /// <summary>How many classes have a row in the picture: the first ones.</summary>
    public required int ClassesShown { get; init; }

    /// <summary>The longer side of an image in the picture, in pixels.</summary>
    public required int TilePixels { get; init; }

    /// <summary>Draws a sheet.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="seed">The seed that the images are chosen by.</param>
    /// <returns>The same sheet for the same arguments.</returns>
    public static ContactSheet Draw(ImageDataset dataset, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var rows = Math.Min(MostRows, dataset.ClassCount);
        var chosen = Choose(dataset, rows, seed);
        var side = Math.Max(dataset.Shape.Height, dataset.Shape.Width);
        foreach (var size in SizesToTry(side))
        {
            foreach (var keptBits in s_keptBits)
            {
                var expectedBytes = ForeseeBytes(dataset, chosen, size, keptBits);
                // Fewer colours save a factor of three or so, not of four.
                if (expectedBytes > 4 * MostBytes) break;
                // Rows differ: what is foreseen may be off by a quarter.
                if (expectedBytes > 1.25 * MostBytes) continue;
                var png = Encode(dataset, chosen, size, keptBits);
                if (png.Length < MostBytes)
                {
                    return new ContactSheet
                    {
                        Png = png,
                        ClassNames = dataset.ClassNames,
                        CountPerClass = dataset.CountPerClass(),
                        ClassesShown = rows,
                        TilePixels = size,
                    };
                }

                if (png.Length > 4 * MostBytes) break;
            }
        }

        throw new UnreachableException($"{MostRows} rows of the smallest pictures have fewer bytes than {MostBytes}, uncompressed");
    }

    // Small images are shown twice as large, where that fits.
    private static IEnumerable<int> SizesToTry(int side)
    {
        int[] largest = side <= 32 ? [2 * side, side] : [Math.Min(side, 96)];
        return [.. largest, .. s_smallerSizes.Where(size => size < largest[^1])];
    }

    private static int[][] Choose(ImageDataset dataset, int rows, ulong seed)
    {
        var members = Enumerable.Range(0, rows).Select(_ => new List<int>()).ToArray();
        for (var index = 0; index < dataset.Count; index++)
        {
            if (dataset.Labels.Span[index] < rows) members[dataset.Labels.Span[index]].Add(index);
        }

        return [.. members.Select((indices, row) =>
        {
            var order = new RandomStream(seed, "data/contact-sheet", sample: (ulong)row).Permutation(indices.Count);
            return order.Take(Columns).Select(position => indices[position]).ToArray();
        })];
    }

    /// <summary>The bytes of a sheet, from some rows spread over it; 0 where a whole one costs no more to try.</summary>
    private static double ForeseeBytes(ImageDataset dataset, int[][] chosen, int tileSide, int keptBits)
    {
        if (chosen.Length <= 2 * TrialRows) return 0;
        var some = Enumerable.Range(0, TrialRows).Select(row => chosen[row * chosen.Length / TrialRows]).ToArray();
        return (double)Encode(dataset, some, tileSide, keptBits).Length * chosen.Length / TrialRows;
    }

    private static byte[] Encode(ImageDataset dataset, int[][] chosen, int tileSide, int keptBits)
    {
        var pitch = tileSide + GapPixels;
        using var sheet = new Image<Rgb24>((Columns * pitch) + GapPixels, (chosen.Length * pitch) + GapPixels);
        Fill(sheet);
        for (var row = 0; row < chosen.Length; row++)
        {
            for (var column = 0; column < chosen[row].Length; column++)
            {
                using var tile = DatasetPicture.Draw(dataset, chosen[row][column], tileSide);
                Copy(tile, sheet, GapPixels + (column * pitch), GapPixels + (row * pitch), keptBits);
            }
        }

        using var stream = new MemoryStream();
        sheet.SaveAsPng(stream);
        return stream.ToArray();
    }

    private static void Fill(Image<Rgb24> sheet)
    {
        for (var y = 0; y < sheet.Height; y++)
        {
            for (var x = 0; x < sheet.Width; x++) sheet[x, y] = new Rgb24(BackgroundLevel, BackgroundLevel, BackgroundLevel);
        }
    }

    private static void Copy(Image<Rgb24> tile, Image<Rgb24> sheet, int left, int top, int keptBits)
    {
        for (var y = 0; y < tile.Height; y++)
        {
            for (var x = 0; x < tile.Width; x++)
            {
                var pixel = tile[x, y];
                sheet[left + x, top + y] = new Rgb24(Coarsen(pixel.R, keptBits), Coarsen(pixel.G, keptBits), Coarsen(pixel.B, keptBits));
            }
        }
    }

    /// <summary>The nearest of 2^bits levels from 0 to 255.</summary>
    private static byte Coarsen(byte value, int bits)
    {
        var most = (1 << bits) - 1;
        return (byte)((((value * most) + 127) / 255) * 255 / most);
    }
}
