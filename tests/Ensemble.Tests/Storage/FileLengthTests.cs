using Ensemble.Storage;

namespace Ensemble.Tests.Storage;

public sealed class FileLengthTests
{
    [Fact]
    public void Of_LinkToALink_IsTheFilesOwn()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("file");
        File.WriteAllBytes(file, new byte[1234]);
        File.CreateSymbolicLink(folder.At("link"), file);
        File.CreateSymbolicLink(folder.At("again"), "link");

        Assert.Equal(1234, FileLength.Of(file));
        Assert.Equal(1234, FileLength.Of(folder.At("link")));
        Assert.Equal(1234, FileLength.Of(folder.At("again")));
    }

    [Fact]
    public void Of_LinkToADevice_IsNothing()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.At("zeros"), "/dev/zero");

        Assert.Equal(0, FileLength.Of(folder.At("zeros")));
    }

    [Fact]
    public void Of_NothingThere_Throws()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.At("nowhere"), folder.At("gone"));
        File.CreateSymbolicLink(folder.At("circle"), folder.At("circle"));

        foreach (var name in new[] { "missing", "nowhere", "circle" })
        {
            Assert.ThrowsAny<IOException>(() => FileLength.Of(folder.At(name)));
        }
    }
}
