using System.Diagnostics;
using Ensemble.Data.Images;

namespace Ensemble.Tests.Data.Images;

/// <summary>CIFAR-100 as 60,000 JPEG files.</summary>
[Trait("Category", "RealData")]
public sealed class ImageFolderRealDataTests(ITestOutputHelper output)
{
    [Fact]
    public void Read_Cifar100Jpeg_IsAllOfIt()
    {
        var archive = Path.Combine(SharedData.RequireFolder("cifar100"), "cifar100-jpeg.tar.xz");
        using var folder = new TemporaryFolder();
        // All 100 classes, and one image in ten: the whole takes four times as long to unpack as to read.
        using var tar = Process.Start("tar", ["-xJf", archive, "-C", folder.FullPath, "--wildcards", "*0.jpg"]);
        tar.WaitForExit();
        Assert.SkipUnless(tar.ExitCode == 0, "needs tar and xz");
        var found = Directory.GetFiles(folder.FullPath, "*.jpg", SearchOption.AllDirectories).Length;
        var clock = Stopwatch.StartNew();

        var result = new ImageFolderReader().Read(folder.FullPath, seed: 1);

        output.WriteLine($"{found} images in {clock.Elapsed.TotalSeconds:0.00} s");
        Assert.Equal("3x32x32", result.Splits.Train.Shape.ToString());
        Assert.Equal(100, result.Splits.Train.ClassCount);
        Assert.Equal(("apple", "worm"), (result.Splits.Train.ClassNames[0], result.Splits.Train.ClassNames[99]));
        Assert.Equal(found, result.Splits.Train.Count + result.Splits.Test.Count);
        Assert.InRange(result.Splits.Train.Count, 4 * result.Splits.Test.Count, 6 * result.Splits.Test.Count);
        Assert.Empty(result.Report.Skipped);
        Assert.Equal(0, result.Report.ResizedCount);
    }
}
