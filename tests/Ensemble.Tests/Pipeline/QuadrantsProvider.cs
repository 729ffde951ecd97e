using Ensemble.Data;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Pipeline;

/// <summary>Four classes, told apart by which quarter of a noisy 8x8 image is brighter.</summary>
/// <param name="testCount">Test images.</param>
internal sealed class QuadrantsProvider(int testCount = QuadrantsProvider.TestCount) : IDatasetProvider
{
    public const int ClassCount = 4;
    public const int TestCount = 100;
    private const int TrainCount = 200;

    public string Name => "quadrants";

    public string Description => "for tests";

    public bool NeedsDirectory => false;

    public DatasetSplits Load(DatasetRequest request) => new(Name, Draw(TrainCount, 70), Draw(testCount, 71));

    private static ImageDataset Draw(int count, int stream)
    {
        var shape = new ImageShape(1, 8, 8);
        var noise = HashedValues.Uniform(stream, count * shape.ValueCount);
        var pixels = new byte[noise.Length];
        for (var index = 0; index < pixels.Length; index++)
        {
            var (image, place) = (index / shape.PlaneLength, index % shape.PlaneLength);
            var quarter = (place / 32 * 2) + (place % 8 / 4);
            pixels[index] = (byte)((noise[index] * 200) + (quarter == image % ClassCount ? 50 : 0));
        }

        var labels = Enumerable.Range(0, count).Select(index => index % ClassCount).ToArray();
        return new ImageDataset(shape, pixels, labels, TestImages.Names(ClassCount), "quadrants");
    }
}
