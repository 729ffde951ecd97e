using Ensemble.Data;

namespace Ensemble.Experiments;

/// <summary>What quick experiments learn from: ten classes, each two soft spots at places of its own, under noise; a tiny net learns them in a second.</summary>
public static class DrawnImages
{
    private const int Classes = 10;
    private const int Side = 16;
    private const double Spread = 6;

    /// <summary>Draws both splits; always the same.</summary>
    /// <param name="name">The data set that they stand for.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="trainCount">Training images, the classes in turn.</param>
    /// <param name="testCount">Test images, likewise.</param>
    public static DatasetSplits Draw(string name, int channels, int trainCount, int testCount) =>
        new(name, Split(channels, trainCount, "train"), Split(channels, testCount, "test"));

    private static ImageDataset Split(int channels, int count, string split)
    {
        var shape = new ImageShape(channels, Side, Side);
        var pixels = new byte[count * shape.ValueCount];
        for (var image = 0; image < count; image++)
        {
            var random = new RandomStream(1, $"experiments/{split}", sample: (ulong)image);
            var (across, down) = ((random.NextDouble() * 2) - 1, (random.NextDouble() * 2) - 1);
            for (var value = 0; value < shape.ValueCount; value++)
            {
                var place = value % shape.PlaneLength;
                var light = Light(image % Classes, (place % Side) - across, (place / Side) - down);
                pixels[(image * shape.ValueCount) + value] = (byte)Math.Clamp((light * 150) + 50 + (random.NextGaussian() * 25), 0, 255);
            }
        }

        int[] labels = [.. Enumerable.Range(0, count).Select(image => image % Classes)];
        return new ImageDataset(shape, pixels, labels, [.. Enumerable.Range(0, Classes).Select(label => $"{label}")], $"experiments/{split}, drawn");
    }

    // Two spots on a ring, a half turn and a bit apart, so that neighbouring classes look alike.
    private static double Light(int label, double x, double y) => new[] { 0.1 * label, (0.1 * label * 2) + 0.5 }
        .Max(turn =>
        {
            var (centreX, centreY) = (7.5 + (4.5 * Math.Cos(2 * Math.PI * turn)), 7.5 + (4.5 * Math.Sin(2 * Math.PI * turn)));
            return Math.Exp(-(((x - centreX) * (x - centreX)) + ((y - centreY) * (y - centreY))) / Spread);
        });
}
