using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Ensemble.Cli.Tests;

/// <summary>A folder of images as people have them: mixed sizes and formats, spaces and accents, one broken, one gray, one
/// turned by EXIF.</summary>
internal sealed class ImageFolder : IDisposable
{
    public const int PerClass = 12;

    public static readonly string[] ClassNames = ["Äpfel und Birnen", "été"];

    public ImageFolder()
    {
        for (var label = 0; label < ClassNames.Length; label++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(DataPath, ClassNames[label])).FullName;
            for (var index = 0; index < PerClass; index++)
            {
                Write(folder, label, index);
            }
        }

        File.WriteAllBytes(BrokenPath, [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]);
    }

    public string RootPath { get; } = Directory.CreateTempSubdirectory("ensemble-cli-images-").FullName;

    public string DataPath => Path.Combine(RootPath, "mes photos");

    public string BrokenPath => Path.Combine(DataPath, ClassNames[0], "broken one.jpg");

    /// <summary>A command line that takes a second.</summary>
    public string[] Distill(string data, string folder, params string[] more) =>
    [
        "distill", "--data", data, "--teacher", "cnn-8-16", "--teachers", "2", "--student", "cnn-4-8", "--epochs", "1",
        "--device", "cpu", "--precision", "fp32", "--batch-size", "8", "--out", Path.Combine(RootPath, folder), .. more,
    ];

    public void Dispose() => Directory.Delete(RootPath, recursive: true);

    private static void Write(string folder, int label, int index)
    {
        var (width, height) = (20 + (3 * index), 44 - (2 * index));
        using var stream = new MemoryStream();
        if (index == 0)
        {
            using var gray = new Image<L8>(width, height);
            gray.SaveAsPng(stream);
            File.WriteAllBytes(Path.Combine(folder, "gray.png"), stream.ToArray());
            return;
        }

        using var image = new Image<Rgb24>(width, height);
        for (var pixel = 0; pixel < width * height; pixel++)
        {
            var (x, y) = (pixel % width, pixel / width);
            image[x, y] = new Rgb24((byte)(label == 0 ? 220 : 30), (byte)(x * 5), (byte)(y * 5));
        }

        if (index % 2 == 0)
        {
            image.SaveAsPng(stream);
            File.WriteAllBytes(Path.Combine(folder, $"photo {index} à.png"), stream.ToArray());
            return;
        }

        image.SaveAsJpeg(stream);
        File.WriteAllBytes(Path.Combine(folder, $"photo {index} à.JPG"), index == 1 ? Turned(stream.ToArray()) : stream.ToArray());
    }

    // An EXIF block of one tag, the orientation 6: a quarter turn.
    private static byte[] Turned(byte[] jpeg) =>
        [.. jpeg[..2], 0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, .. jpeg[2..]];
}
