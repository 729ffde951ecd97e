using Ensemble.Data;
using Ensemble.Data.Images;
using Ensemble.Tests.Oracle;
using SixLabors.ImageSharp.PixelFormats;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Data.Images;

[Collection(TensorTests.Name)]
public sealed class ImagePreparationTests : IDisposable
{
    private static readonly ChannelStatistics s_colour = new() { Mean = [0.5, 0.4, 0.3], StandardDeviation = [0.25, 0.2, 0.1] };
    private static readonly ChannelStatistics s_gray = new() { Mean = [0.4], StandardDeviation = [0.2] };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_EveryImageOfAFolder_IsTheImageThatWasTrainedOn()
    {
        WriteClass("a", 3);
        WriteClass("b", 90);
        var result = new ImageFolderReader(new ImageFolderOptions { SizePixels = 20 }).Read(_folder.FullPath, seed: 1);
        var statistics = ChannelStatistics.Measure(result.Splits.Train);
        var preparation = new ImagePreparation(result.Splits.Train.Shape, statistics);
        var read = Paths().ToDictionary(path => Convert.ToHexString(preparation.ReadPlanes(path, out _)));

        foreach (var split in new[] { result.Splits.Train, result.Splits.Test })
        {
            using var resident = new ResidentDataset(split, statistics, new AugmentationOptions(), torch.CPU);
            for (var index = 0; index < split.Count; index++)
            {
                // The same pixels, bit for bit; and what the network gets is the same but for rounding.
                var path = read[Convert.ToHexString(split.Image(index))];
                using var batch = resident.Gather([index]);
                using var prepared = preparation.Read(path);
                Assert.Equal(batch.Images.shape, prepared.shape);
                Assert.True(batch.Images.allclose(prepared, rtol: 1e-5, atol: 1e-5), path);
            }
        }
    }

    [Fact]
    public void Read_GrayAndColourForOneChannel_GiveTheGrayAndTheWeighedOne()
    {
        var gray = _folder.Write("gray.png", ImageFiles.GrayPng(16, 16, 102));
        var colour = _folder.Write("colour.png", ImageFiles.Png(16, 16, 255, 0, 102));
        var preparation = new ImagePreparation(new ImageShape(1, 8, 8), s_gray);

        using var ofGray = preparation.Read(gray);
        using var ofColour = preparation.Read(colour);

        Assert.Equal([1, 1, 8, 8], ofGray.shape);
        Assert.Equal((0.4 - 0.4) / 0.2, ofGray[0, 0, 3, 3].item<float>(), 1e-5);
        Assert.Equal((0.2989 + (0.114 * 0.4) - 0.4) / 0.2, ofColour[0, 0, 3, 3].item<float>(), 1e-5);
    }

    [Fact]
    public void Read_FileThatIsNoImage_IsNamed()
    {
        var preparation = new ImagePreparation(new ImageShape(3, 8, 8), s_colour);
        var text = _folder.Write("text.jpg", "hello"u8.ToArray());

        Assert.Contains("no JPEG", Fault(text).Found, StringComparison.Ordinal);
        Assert.Equal("nothing", Fault(Path.Combine(_folder.FullPath, "absent.png")).Found);
        Assert.Equal("a folder", Fault(_folder.FullPath).Found);

        DataFaultException Fault(string path) => Assert.Throws<DataFaultException>(() => preparation.Read(path));
    }

    [Fact]
    public void Read_ManyTimes_LeavesNoTensorAlive()
    {
        var path = _folder.Write("image.png", ImageFiles.Png(16, 16, 255, 0, 102));
        var preparation = new ImagePreparation(new ImageShape(3, 8, 8), s_colour);

        var before = LiveTensors.Count();

        for (var round = 0; round < 20; round++) preparation.Read(path).Dispose();

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Create_ChannelsThatDoNotGoTogether_IsRefused()
    {
        Assert.Throws<ArgumentException>("shape", () => new ImagePreparation(new ImageShape(2, 8, 8), s_gray));
        Assert.Throws<ArgumentException>("normalisation", () => new ImagePreparation(new ImageShape(3, 8, 8), s_gray));
    }

    private IEnumerable<string> Paths() => Directory.EnumerateFiles(_folder.FullPath, "*", SearchOption.AllDirectories);

    // Mixed sizes and kinds, one turned by EXIF, one gray; no two alike.
    private void WriteClass(string name, int level)
    {
        for (var index = 0; index < 6; index++)
        {
            var (width, height) = (20 + (7 * index), 48 - (3 * index));
            Rgb24 Colour(int x, int y) => new((byte)(level + (x * 3)), (byte)(y * 5), (byte)(index * 30));
            _folder.Write(
                $"{name}/photo {index} é.{(index % 2 == 0 ? "jpg" : "png")}",
                index % 2 == 0 ? ImageFiles.Jpeg(width, height, Colour, orientation: index == 2 ? (byte)6 : null) : ImageFiles.Png(width, height, Colour));
        }

        _folder.Write($"{name}/gray.png", ImageFiles.GrayPng(31, 25, (byte)level));
    }
}
