using System.Diagnostics;
using System.Globalization;
using Ensemble.Storage;

namespace Ensemble.Tests.Storage;

public sealed class FolderLockTests : IDisposable
{
    private const string Flock = "/usr/bin/flock";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Acquire_HeldFolder_NamesTheProcessThatHoldsIt()
    {
        using var held = FolderLock.Acquire(_folder.FullPath);

        var fault = Assert.Throws<MachineFaultException>(() => FolderLock.Acquire(_folder.FullPath));

        Assert.Equal(_folder.FullPath, fault.Subject);
        Assert.Contains(
            $"process {Environment.ProcessId} on {Environment.MachineName}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Acquire_AfterDispose_Succeeds()
    {
        var first = FolderLock.Acquire(_folder.FullPath);
        first.Dispose();
        first.Dispose();

        using var second = FolderLock.Acquire(_folder.FullPath);
    }

    [Fact]
    public async Task Acquire_HolderIsKilled_IsFreeAgain()
    {
        Assert.SkipUnless(File.Exists(Flock), "this system has no flock command");
        var lockPath = _folder.At(".lock");
        var readyPath = _folder.At("ready");
        // sh becomes the sleeping process, so that killing it ends the only holder; what it wrote of itself stays
        // behind.
        var script = $"echo '{{\"processId\":'$$',\"machine\":\"far\"}}' > {_folder.At(".lock-owner.json")}; touch {readyPath}; exec sleep 60";
        using var holder = Process.Start(Flock, ["--no-fork", lockPath, "sh", "-c", script]);
        await WaitFor(readyPath);

        var fault = Assert.Throws<MachineFaultException>(() => FolderLock.Acquire(_folder.FullPath));
        holder.Kill();
        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var taken = FolderLock.Acquire(_folder.FullPath);

        Assert.Contains(
            $"process {holder.Id.ToString(CultureInfo.InvariantCulture)} on far",
            fault.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Acquire_HolderHasNotNamedItself_StillSaysThatItIsHeld()
    {
        using var held = FolderLock.Acquire(_folder.FullPath);
        File.WriteAllText(_folder.At(".lock-owner.json"), "{\"proc");

        Assert.Contains(
            "another process",
            Assert.Throws<MachineFaultException>(() => FolderLock.Acquire(_folder.FullPath)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Acquire_TemporaryFilesOfAKilledProcess_AreRemovedAndNothingElse()
    {
        foreach (var name in new[] { ".model.safetensors.0123.tmp", "notes.tmp", ".hidden", "run.json" })
        {
            File.WriteAllText(_folder.At(name), "x");
        }

        using (FolderLock.Acquire(_folder.FullPath))
        {
        }

        Assert.Equal(
            [".hidden", ".lock", "notes.tmp", "run.json"],
            Directory.GetFiles(_folder.FullPath).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Acquire_FolderThatCannotBe_IsAMachineFault()
    {
        File.WriteAllText(_folder.At("file"), string.Empty);

        Assert.Throws<MachineFaultException>(() => FolderLock.Acquire(_folder.At("file", "run")));
    }

    private static async Task WaitFor(string path)
    {
        var patience = Stopwatch.StartNew();
        while (!File.Exists(path))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), $"{path} did not appear");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
