using Ensemble.Data;

namespace Ensemble.Tests.Data;

/// <summary>Small data sets whose every byte is known.</summary>
internal static class TestImages
{
    /// <summary>Images whose bytes count up from 0, labels in turn.</summary>
    public static ImageDataset Counting(int count, int classCount = 2, int channels = 1, int side = 2)
    {
        var shape = new ImageShape(channels, side, side);
        var pixels = Enumerable.Range(0, count * shape.ValueCount).Select(value => (byte)value).ToArray();
        var labels = Enumerable.Range(0, count).Select(index => index % classCount).ToArray();
        return new ImageDataset(shape, pixels, labels, Names(classCount), "test");
    }

    public static string[] Names(int classCount) =>
        [.. Enumerable.Range(0, classCount).Select(index => $"class {index}")];
}
