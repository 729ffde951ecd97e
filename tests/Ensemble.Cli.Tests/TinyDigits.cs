using System.Buffers.Binary;

namespace Ensemble.Cli.Tests;

/// <summary>A folder with the four idx files of an MNIST-like data set of 8x8 images: class c has a bright row of its own.</summary>
internal sealed class TinyDigits : IDisposable
{
    public const int TrainCount = 200;
    public const int TestCount = 100;
    private const int Side = 8;

    /// <param name="testCount">Test images.</param>
    public TinyDigits(int testCount = TestCount)
    {
        Directory.CreateDirectory(DataPath);
        Write("train", TrainCount);
        Write("t10k", testCount);
    }

    public string RootPath { get; } = Directory.CreateTempSubdirectory("ensemble-cli-tests-").FullName;

    public string DataPath => Path.Combine(RootPath, "data");

    public string ImagesPath => Path.Combine(DataPath, "train-images-idx3-ubyte");

    /// <summary>The command line of a run that takes a second.</summary>
    /// <param name="folder">The run's folder, in the data's root.</param>
    /// <param name="more">Flags that come after.</param>
    public string[] Distill(string folder, params string[] more) =>
    [
        "distill", "--data", "mnist", "--data-dir", DataPath, "--teacher", "mlp-16", "--teachers", "2", "--student", "mlp-8",
        "--device", "cpu", "--precision", "fp32", "--batch-size", "20", "--out", Path.Combine(RootPath, folder), .. more,
    ];

    public void Dispose() => Directory.Delete(RootPath, recursive: true);

    private void Write(string split, int count)
    {
        var labels = Enumerable.Range(0, count).Select(index => (byte)(index % 10)).ToArray();
        var pixels = labels.SelectMany((label, index) => Image(label, index)).ToArray();
        File.WriteAllBytes(Path.Combine(DataPath, $"{split}-images-idx3-ubyte"), [.. Header(0x803, count, Side, Side), .. pixels]);
        File.WriteAllBytes(Path.Combine(DataPath, $"{split}-labels-idx1-ubyte"), [.. Header(0x801, count), .. labels]);
    }

    // Ten classes over 64 pixels, six bright ones each, in front of a pattern that says nothing.
    private static IEnumerable<byte> Image(int label, int index) => Enumerable.Range(0, Side * Side)
        .Select(pixel => (byte)(pixel / 6 == label ? 220 : ((pixel * 37) + (index * 101)) % 60));

    private static IEnumerable<byte> Header(params int[] values) => values.SelectMany(value =>
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    });
}
