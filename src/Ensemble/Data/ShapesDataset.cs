using Ensemble.Data.Shapes;

namespace Ensemble.Data;

/// <summary>
/// The data set that needs no download: coloured figures of ten classes on cluttered backgrounds, in three channels,
/// drawn from a seed. Some classes are nearly alike (circle and ellipse, square and rectangle, pentagon and hexagon),
/// so that an ensemble's soft targets have something to say.
/// </summary>
public static class ShapesDataset
{
    /// <summary>The classes, in the order of their labels.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        [.. Enum.GetNames<ShapeClass>().Select(name => name.ToLowerInvariant())];

    /// <summary>Draws both splits. Image i of a split is of class i mod 10 and a function of (options, split, i)
    /// alone.</summary>
    /// <param name="options">What to draw.</param>
    /// <param name="maximumThreads">At most so many threads, or -1 for what the machine has; the images do not depend
    /// on it.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <returns>Both splits, without validation images.</returns>
    /// <exception cref="ArgumentException">The options or <paramref name="maximumThreads"/> are out of
    /// range.</exception>
    public static DatasetSplits Draw(ShapesOptions options, int maximumThreads = -1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new DatasetSplits(
            "shapes",
            DrawSplit(options, "train", options.TrainCount, maximumThreads, cancellationToken),
            DrawSplit(options, "test", options.TestCount, maximumThreads, cancellationToken));
    }

    private static ImageDataset DrawSplit(ShapesOptions options, string split, int count, int maximumThreads, CancellationToken cancellationToken)
    {
        var shape = new ImageShape(3, options.SizePixels, options.SizePixels);
        var pixels = new byte[count * shape.ValueCount];
        var labels = new int[count];
        Parallel.For(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = maximumThreads, CancellationToken = cancellationToken },
            () => new ScenePainter(options),
            (index, _, painter) =>
            {
                labels[index] = index % ClassNames.Count;
                var random = new RandomStream(options.Seed, $"shapes/{split}", sample: (ulong)index);
                painter.Paint(
                    (ShapeClass)labels[index], random, pixels.AsSpan(index * shape.ValueCount, shape.ValueCount));
                return painter;
            },
            _ => { });
        return new ImageDataset(shape, pixels, labels, ClassNames, $"shapes/{split}, drawn from seed {options.Seed}");
    }
}
