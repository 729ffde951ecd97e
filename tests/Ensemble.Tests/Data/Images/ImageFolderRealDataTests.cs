using System.Diagnostics;
using Ensemble.Data.Images;

namespace Ensemble.Tests.Data.Images;

/// <summary>CIFAR-100 as JPEG files: two of its classes. All 60,000 files are read in 3 s, but writing and removing so
/// many takes minutes where a disk is busy.</summary>
[Trait("Category", "RealData")]
public sealed class ImageFolderRealDataTests(ITestOutputHelper output)
{
    [Fact]
    public void Read_Cifar100Jpeg_IsAllOfIt()
    {
        var archive = Path.Combine(SharedData.RequireFolder("cifar100"), "cifar100-jpeg.tar.xz");
        using var folder = new TemporaryFolder();
        using var tar = Process.Start("tar", ["-xJf", archive, "-C", folder.FullPath, "--wildcards", "*/apple/*", "*/worm/*"]);
        tar.WaitForExit();
        Assert.SkipUnless(tar.ExitCode == 0, "needs tar and xz");
        var clock = Stopwatch.StartNew();

        var result = new ImageFolderReader().Read(folder.FullPath, seed: 1);

        output.WriteLine($"{result.Report.ImageCount} images in {clock.Elapsed.TotalSeconds:0.00} s");
        var (splits, report) = (result.Splits, result.Report);
        Assert.Equal("3x32x32", splits.Train.Shape.ToString());
        Assert.Equal(["apple", "worm"], splits.Train.ClassNames);
        Assert.Equal([500, 500], splits.Train.CountPerClass());
        Assert.Equal([100, 100], splits.Test.CountPerClass());
        Assert.Equal((0, 0), (report.Skipped.Count, report.ResizedCount));
    }
}
