using Ensemble.Data;
using Ensemble.Data.Formats;

namespace Ensemble.Tests.Data.Formats;

public sealed class Stl10FolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("stl10_binary")]
    public void Load_FolderOrTheOneAbove_GivesLabelsFromZeroAndPixelsByRow(string below)
    {
        Stl10Files.WriteFolder(_folder, below);

        var splits = Stl10Folder.Load(_folder.FullPath);

        Assert.Equal([0, 1, 2, 0], splits.Train.Labels.ToArray());
        Assert.Equal([2, 1], splits.Test.Labels.ToArray());
        var plane = splits.Test.Image(1)[(2 * 96 * 96)..];
        Assert.Equal([102, 103, 104], plane[..3].ToArray());
        Assert.Equal([2, 3, 4], plane[96..99].ToArray());
        Assert.Equal([97], plane[^1..].ToArray());
    }

    [Fact]
    public void Load_FaultyFolders_SayWhatIsWrong()
    {
        Assert.Contains("no such folder", Fault(Path.Combine(_folder.FullPath, "absent")), StringComparison.Ordinal);
        Stl10Files.WriteFolder(_folder, "");
        _folder.Write("test_y.bin", [1, 4]);
        Assert.Contains("4 at index 1", Fault(_folder.FullPath), StringComparison.Ordinal);
        _folder.Write("test_y.bin", [0, 1]);
        Assert.Contains("0 at index 0", Fault(_folder.FullPath), StringComparison.Ordinal);
        _folder.Write("test_y.bin", [1]);
        Assert.Contains("2 labels", Fault(_folder.FullPath), StringComparison.Ordinal);
        _folder.Write("test_X.bin", new byte[27_649]);
        Assert.Contains("1 images and 1 bytes more", Fault(_folder.FullPath), StringComparison.Ordinal);
        _folder.Write("class_names.txt", "\n"u8.ToArray());
        Assert.Contains("1 to 255 class names", Fault(_folder.FullPath), StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder.FullPath, "test_X.bin"));
        Assert.Contains("no test_X.bin", Fault(_folder.FullPath), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MutatedFiles_ReadsOrIsADataFault()
    {
        Stl10Files.WriteFolder(_folder, "");
        (string Name, byte[] Content)[] originals =
            [("train_X.bin", Stl10Files.Images(4)), ("train_y.bin", [1, 2, 3, 1]), ("class_names.txt", "bird\ncar\ncat"u8.ToArray())];
        for (var round = 0; round < 1000; round++)
        {
            var random = new RandomStream(1, "test/stl10-mutations", sample: (ulong)round);
            var (name, content) = originals[round % originals.Length];
            _folder.Write(name, Mutation.Draw(random, content));

            var outcome = Record.Exception(() => Stl10Folder.Load(_folder.FullPath));

            Assert.True(outcome is null or DataFaultException, $"round {round}: {outcome}");
            _folder.Write(name, content);
        }
    }

    private static string Fault(string path) => Assert.Throws<DataFaultException>(() => Stl10Folder.Load(path)).Message;
}
