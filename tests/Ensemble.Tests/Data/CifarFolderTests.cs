using System.Diagnostics;
using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class CifarFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cifar10", "")]
    [InlineData("cifar10", "cifar-10-batches-bin")]
    [InlineData("cifar100", "")]
    [InlineData("cifar100", "cifar-100-binary")]
    public void Load_FolderOrItsParent_FindsTheFiles(string name, string below)
    {
        var format = name == "cifar10" ? CifarFormat.Cifar10 : CifarFormat.Cifar100;
        CifarFiles.WriteFolder(_folder, format, below);

        var splits = CifarFolder.Load(_folder.FullPath, format);

        Assert.Equal(name, splits.Name);
        Assert.Equal(2 * format.TrainFiles.Count, splits.Train.Count);
        Assert.Equal([8], splits.Test.Labels.ToArray());
        Assert.Equal(TestImages.Names(format.ClassCount), splits.Train.ClassNames);
    }

    [Fact]
    public void Load_FilesMissing_NamesAllOfThem()
    {
        CifarFiles.WriteFolder(_folder, CifarFormat.Cifar10, "");
        File.Delete(Path.Combine(_folder.FullPath, "data_batch_4.bin"));
        File.Delete(Path.Combine(_folder.FullPath, "batches.meta.txt"));

        var exception = Assert.Throws<DataFaultException>(
            () => CifarFolder.Load(_folder.FullPath, CifarFormat.Cifar10));

        Assert.Equal("no data_batch_4.bin, no batches.meta.txt", exception.Found);
    }

    [Fact]
    public void Load_NoFolder_SaysSo()
    {
        var exception = Assert.Throws<DataFaultException>(
            () => CifarFolder.Load(Path.Combine(_folder.FullPath, "absent"), CifarFormat.Cifar100));

        Assert.Equal("no such folder", exception.Found);
    }

    [Theory]
    [InlineData(9, "9")]
    [InlineData(11, "11")]
    [InlineData(100_000, "1200000 bytes")]
    public void Load_WrongNumberOfNames_IsAFault(int names, string found)
    {
        CifarFiles.WriteFolder(_folder, CifarFormat.Cifar10, "");
        File.WriteAllText(
            Path.Combine(_folder.FullPath, "batches.meta.txt"),
            string.Concat(Enumerable.Repeat("some class.\n", names)));

        var exception = Assert.Throws<DataFaultException>(
            () => CifarFolder.Load(_folder.FullPath, CifarFormat.Cifar10));

        Assert.Equal(found, exception.Found);
    }

    [Fact]
    [Trait("Category", "RealData")]
    public async Task Load_RealCifar10_HasThePublishedContent()
    {
        var archive = Path.Combine(SharedData.RequireFolder("cifar10"), "cifar-10-binary.tar.xz");
        using (var tar = Process.Start("tar", ["xJf", archive, "-C", _folder.FullPath]))
        {
            await tar.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, tar.ExitCode);
        }

        var splits = CifarFolder.Load(_folder.FullPath, CifarFormat.Cifar10);

        Assert.Equal((50_000, 10_000), (splits.Train.Count, splits.Test.Count));
        Assert.Equal([3, 8, 8, 0, 6, 6, 1, 6, 3, 1], splits.Test.Labels[..10].ToArray());
        Assert.Equal(Enumerable.Repeat(5000, 10), splits.Train.CountPerClass());
        Assert.Equal("airplane", splits.Train.ClassNames[0]);
        var statistics = ChannelStatistics.Measure(splits.Train);
        Assert.Equal([0.4914, 0.4822, 0.4465], statistics.Mean.Select(value => Math.Round(value, 4)));
        Assert.Equal([0.2470, 0.2435, 0.2616], statistics.StandardDeviation.Select(value => Math.Round(value, 4)));
    }
}
