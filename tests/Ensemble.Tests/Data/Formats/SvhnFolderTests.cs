using Ensemble.Data;
using Ensemble.Data.Formats;

namespace Ensemble.Tests.Data.Formats;

public sealed class SvhnFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_Folder_GivesDigitsWithTenAsZeroAndPixelsByRow(bool isCompressed)
    {
        MatFiles.WriteFolder(_folder, "", isCompressed);

        var splits = SvhnFolder.Load(_folder.FullPath);

        Assert.Equal([1, 9, 0, 4, 0], splits.Train.Labels.ToArray());
        Assert.Equal([2, 0, 7], splits.Test.Labels.ToArray());
        Assert.Equal(new ImageShape(3, 4, 6), splits.Train.Shape);
        Assert.Equal("0", splits.Train.ClassNames[0]);
        // X(row, column, channel, image) of image 1, channel 2: 4 * 6 * (3 + 2) values before, then columns of four.
        var green = splits.Train.Image(1)[(2 * 24)..];
        Assert.Equal([120, 124, 128, 132, 136, 140], green[..6].ToArray());
        Assert.Equal([121, 125, 129, 133, 137, 141], green[6..12].ToArray());
    }

    [Fact]
    public void Load_FaultyFolders_SayWhatIsWrong()
    {
        Assert.Contains("no such folder", Fault(Path.Combine(_folder.FullPath, "absent")), StringComparison.Ordinal);
        MatFiles.WriteFolder(_folder, "", isCompressed: true);
        Write("test_32x32.mat", MatFiles.Digits(isCompressed: true, 1, 11));
        Assert.Contains("11 at index 1", Fault(_folder.FullPath), StringComparison.Ordinal);
        Write("test_32x32.mat", MatFiles.File(MatFiles.Bytes("X", [2, 2, 3, 1], new byte[12]), MatFiles.Bytes("y", [1, 1], [1])));
        Assert.Contains("3x4x6", Fault(_folder.FullPath), StringComparison.Ordinal);
        Write("test_32x32.mat", MatFiles.File(MatFiles.Bytes("X", [2, 2, 3, 2], new byte[24]), MatFiles.Bytes("y", [1, 1], [1])));
        Assert.Contains("2 labels", Fault(_folder.FullPath), StringComparison.Ordinal);
        Write("test_32x32.mat", MatFiles.File(MatFiles.Bytes("X", [12, 2], new byte[24]), MatFiles.Bytes("y", [1, 1], [1])));
        Assert.Contains("X [12, 2]", Fault(_folder.FullPath), StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder.FullPath, "test_32x32.mat"));
        Assert.Contains("no test_32x32.mat", Fault(_folder.FullPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MutatedFiles_ReadsOrIsADataFault()
    {
        MatFiles.WriteFolder(_folder, "", isCompressed: true);
        byte[][] originals = [MatFiles.Digits(false, 1, 9, 10, 4, 10), MatFiles.Digits(true, 1, 9, 10, 4, 10)];
        var readCount = 0;
        for (var round = 0; round < 1000; round++)
        {
            var random = new RandomStream(1, "test/mat-mutations", sample: (ulong)round);
            Write("train_32x32.mat", Mutation.Draw(random, originals[round % originals.Length]));

            var outcome = Record.Exception(() => SvhnFolder.Load(_folder.FullPath));

            Assert.True(outcome is null or DataFaultException, $"round {round}: {outcome}");
            readCount += outcome is null ? 1 : 0;
        }

        Assert.InRange(readCount, 50, 600);
    }

    private void Write(string file, byte[] content) => _folder.Write(file, content);

    private static string Fault(string path) => Assert.Throws<DataFaultException>(() => SvhnFolder.Load(path)).Message;
}
