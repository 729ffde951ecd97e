using Ensemble.Storage;

namespace Ensemble.Tests.Storage;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WriteText_NewFileInMissingFolders_HoldsTheTextAndNothingElse()
    {
        var path = _folder.At("a", "b", "note.txt");

        AtomicFile.WriteText(path, "naïve\n");

        Assert.Equal("naïve\n"u8.ToArray(), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.At("a", "b")));
    }

    [Fact]
    public void WriteBytes_ExistingLongerFile_IsReplacedWhole()
    {
        var path = _folder.At("data");
        File.WriteAllBytes(path, new byte[1000]);

        AtomicFile.WriteBytes(path, new byte[] { 1, 2, 3 });

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public void Write_ReaderHoldsTheOldFileOpen_StillReadsTheOldContent()
    {
        var path = _folder.At("data");
        File.WriteAllText(path, "old");
        using var reader = new StreamReader(path);

        AtomicFile.WriteText(path, "new");

        Assert.Equal("old", reader.ReadToEnd());
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void Write_FunctionThrows_KeepsTheOldFileAndLeavesNoTemporary()
    {
        var path = _folder.At("data");
        File.WriteAllText(path, "old");

        var thrown = Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new InvalidOperationException("killed");
        }));

        Assert.Equal("killed", thrown.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.FullPath));
    }

    [Fact]
    public void Write_DiskIsFull_SaysSoKeepsTheOldFileAndLeavesNoTemporary()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this system has no /dev/full");
        var path = _folder.At("data");
        File.WriteAllText(path, "old");

        // The kernel's own "no space left on device", met in the midst of writing.
        var fault = Assert.Throws<MachineFaultException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            full.Write(new byte[10]);
            full.Flush();
        }));

        Assert.Equal(path, fault.Subject);
        Assert.Contains("full", fault.Message, StringComparison.Ordinal);
        Assert.Contains("free some space", fault.Remedy, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.FullPath));
    }

    [Fact]
    public void Write_FileWhereAFolderShouldBe_NamesThePathAndTheRemedy()
    {
        File.WriteAllText(_folder.At("file"), string.Empty);
        var path = _folder.At("file", "sub", "data");

        var fault = Assert.Throws<MachineFaultException>(() => AtomicFile.WriteText(path, "x"));

        Assert.Equal(path, fault.Subject);
        Assert.Contains("folder that can be written", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FolderThatRefusesFiles_IsAMachineFault()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "this system has no /proc");

        Assert.Throws<MachineFaultException>(() => AtomicFile.WriteText("/proc/ensemble-test", "x"));
        Assert.Throws<MachineFaultException>(() => AtomicFile.WriteText("/proc/ensemble-test/sub/x", "x"));
    }

    [Fact]
    public void Write_FolderWhereTheFileShouldBe_IsAMachineFaultAndLeavesNoTemporary()
    {
        var path = _folder.At("folder");
        Directory.CreateDirectory(Path.Combine(path, "inside"));

        Assert.Throws<MachineFaultException>(() => AtomicFile.WriteText(path, "x"));

        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.FullPath));
    }

    [Fact]
    public void Write_PathOfAFolder_IsTheCallersMistake() =>
        Assert.Throws<ArgumentException>(() => AtomicFile.WriteText(_folder.FullPath + "/", "x"));

    [Fact]
    public async Task WriteBytes_ManyWritersOfOneFile_LeavesOneOfTheirContentsWhole()
    {
        var path = _folder.At("data");
        var writers = Enumerable.Range(1, 8).Select(writer => Task.Run(
            () => AtomicFile.WriteBytes(path, Enumerable.Repeat((byte)writer, 50_000).ToArray()),
            TestContext.Current.CancellationToken));

        await Task.WhenAll(writers);

        var content = File.ReadAllBytes(path);
        Assert.Equal(50_000, content.Length);
        Assert.Single(content.Distinct());
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.FullPath));
    }
}
