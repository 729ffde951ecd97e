using Ensemble.Data.Catalog;
using Ensemble.Data.Downloads;

namespace Ensemble.Tests.Data.Downloads;

/// <summary>What a download does when all is well, and around the network: folders, locks, checksums.</summary>
public sealed class DatasetDownloaderTests : IDisposable
{
    private readonly DownloadBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task DownloadAsync_HonestServer_LandsVerifiedAndTellsHowFarItIs()
    {
        await using var server = new LocalServer(exchange => exchange.ServeAsync(DownloadBench.Content));
        var progress = new Recorder();

        var dataset = await _bench.DownloadAsync(
            DownloadBench.File(DownloadBench.Content, server.Url()), progress: progress);

        _bench.AssertLanded(DownloadBench.Content);
        Assert.False(dataset.WasThere);
        Assert.True(Assert.Single(dataset.Downloads).IsVerified);
        Assert.Equal(_bench.Target, dataset.ReaderFolder);
        Assert.Equal(DownloadBench.Content.Length, dataset.Bytes);
        Assert.Contains(progress.Reports, report => report is { Stage: DownloadStage.Downloading, Bytes: 50_000, TotalBytes: 50_000 });
        Assert.Contains(progress.Reports, report => report.Stage == DownloadStage.Verifying);
    }

    [Fact]
    public async Task DownloadAsync_DatasetIsThere_AsksNoServer()
    {
        await using var server = new LocalServer(exchange => exchange.ServeAsync(DownloadBench.Content));
        await _bench.LandsAsync(server.Url());

        var again = await _bench.LandsAsync(server.Url());

        Assert.True(again.WasThere);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task DownloadAsync_FolderOfSomebodyElse_IsLeftAlone()
    {
        Directory.CreateDirectory(_bench.Target);
        File.WriteAllText(Path.Combine(_bench.Target, "mine.txt"), "mine");

        var fault = await Assert.ThrowsAsync<DataFaultException>(() => _bench.DownloadAsync("http://127.0.0.1:9/"));

        Assert.Equal(["mine.txt"], _bench.Landed);
        Assert.Contains("receipt", fault.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DownloadAsync_FileOfTheDatasetWasCut_SaysSoAndReplacesWhenAsked()
    {
        await using var server = new LocalServer(exchange => exchange.ServeAsync(DownloadBench.Content));
        await _bench.LandsAsync(server.Url());
        File.WriteAllBytes(Path.Combine(_bench.Target, DownloadBench.FileName), [1, 2, 3]);

        await Assert.ThrowsAsync<DataFaultException>(() => _bench.DownloadAsync(server.Url()));
        await _bench.DownloadAsync(
            DownloadBench.File(DownloadBench.Content, server.Url()), DownloadBench.Impatient with { Replace = true });

        _bench.AssertLanded(DownloadBench.Content);
    }

    [Fact]
    public async Task DownloadAsync_ReplacementFails_KeepsTheOldDataset()
    {
        await using var server = new LocalServer(exchange => exchange.Number == 1
            ? exchange.ServeAsync(DownloadBench.Content)
            : exchange.HeadAsync("404 Not Found", "Content-Length: 0"));
        await _bench.LandsAsync(server.Url());

        await Assert.ThrowsAsync<DataFaultException>(() => _bench.DownloadAsync(
            DownloadBench.File(DownloadBench.Content, server.Url()), DownloadBench.Impatient with { Replace = true }));

        _bench.AssertLanded(DownloadBench.Content);
    }

    [Fact]
    public async Task DownloadAsync_NoChecksumInTheCatalogue_NeedsTheOptionAndSaysSo()
    {
        await using var server = new LocalServer(exchange => exchange.ServeAsync(DownloadBench.Content));
        var file = DownloadBench.File(DownloadBench.Content, server.Url()) with { Sha256 = null };

        var fault = await _bench.FailsAsync(file);
        Assert.Empty(server.Requests);
        var dataset = await _bench.DownloadAsync(file, DownloadBench.Impatient with { AllowUnverified = true });

        Assert.Contains("checksum", fault.Expected, StringComparison.Ordinal);
        _bench.AssertLanded(DownloadBench.Content);
        var download = Assert.Single(dataset.Downloads);
        Assert.False(download.IsVerified);
        Assert.Contains("unverified: the catalogue has no checksum", download.ToString(), StringComparison.Ordinal);
        Assert.Contains(DownloadBench.File(DownloadBench.Content).Sha256!, download.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DownloadAsync_FilePutThereByHand_IsVerifiedAndUsed()
    {
        Directory.CreateDirectory(_bench.Staging);
        var path = Path.Combine(_bench.Staging, DownloadBench.FileName);
        File.WriteAllBytes(path, [1, 2, 3]);

        var fault = await _bench.FailsAsync("http://127.0.0.1:9/");
        File.WriteAllBytes(path, DownloadBench.Content);
        await _bench.LandsAsync("http://127.0.0.1:9/");

        Assert.Equal(path, fault.Path);
    }

    [Fact]
    public async Task DownloadAsync_TwoAtOnce_OneLandsAndTheOtherIsToldOrFindsIt()
    {
        await using var server = new LocalServer(async exchange =>
        {
            await exchange.PauseAsync(100);
            await exchange.ServeAsync(DownloadBench.Content);
        });

        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                return (await _bench.DownloadAsync(server.Url())).WasThere ? "there" : "landed";
            }
            catch (MachineFaultException fault)
            {
                Assert.Contains("in use", fault.Message, StringComparison.Ordinal);
                return "told";
            }
        }));

        Assert.Single(both, outcome => outcome == "landed");
        _bench.AssertLanded(DownloadBench.Content);
    }

    [Fact]
    public async Task DownloadAsync_Cancelled_KeepsWhatArrivedAndContinues()
    {
        await using var server = new LocalServer(async exchange =>
        {
            if (exchange.Number == 1)
            {
                await exchange.HeadAsync("200 OK", "ETag: \"one\"", "Content-Length: 50000");
                await exchange.SendAsync(DownloadBench.Content.AsMemory(0, 20_000));
                await exchange.StallAsync();
            }

            await exchange.ServeAsync(DownloadBench.Content);
        });
        using var cancellation = new CancellationTokenSource();
        var progress = new Recorder(report =>
        {
            if (report.Bytes == 20_000)
            {
                cancellation.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.DownloadAsync(
            DownloadBench.File(DownloadBench.Content, server.Url()),
            DownloadBench.Impatient with { StallTimeout = TimeSpan.FromSeconds(30) },
            progress: progress, cancellation: cancellation.Token));
        Assert.Null(_bench.Landed);
        Assert.Equal(20_000, new FileInfo(_bench.Part).Length);
        await _bench.LandsAsync(server.Url());

        Assert.Equal(20_000, server.Requests[1].From);
    }

    [Fact]
    public async Task DownloadAsync_FolderThatCannotBeWritten_IsAMachineFault()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "this system has no /proc");
        using var downloader = new DatasetDownloader(DownloadBench.Impatient);

        await Assert.ThrowsAsync<MachineFaultException>(() => downloader.DownloadAsync(
            DownloadBench.Entry(DownloadBench.File(DownloadBench.Content, "http://127.0.0.1:9/")), "/proc/ensemble",
            cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task DownloadAsync_DiskIsFull_SaysSoAndTriesNoFurther()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this system has no /dev/full");
        Directory.CreateDirectory(_bench.Staging);
        File.WriteAllBytes(_bench.Part, DownloadBench.Content[..1000]);
        File.WriteAllText(_bench.Part + ".json", """{ "url": "http://127.0.0.1:9/" }""");
        await using var server = new LocalServer(async exchange =>
        {
            // The bytes that follow meet the kernel's own "no space left on device".
            File.Delete(_bench.Part);
            File.CreateSymbolicLink(_bench.Part, "/dev/full");
            await exchange.ServeAsync(DownloadBench.Content);
        });

        var fault = await Assert.ThrowsAsync<MachineFaultException>(() => _bench.DownloadAsync(server.Url()));

        Assert.Contains("full", fault.Message, StringComparison.Ordinal);
        Assert.Null(_bench.Landed);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task DownloadAsync_Archive_LandsUnpackedWithoutTheArchive()
    {
        var archive = Archives.TarGz(("set/a/1.txt", "one"), ("set/b/2.txt", "two"));
        await using var server = new LocalServer(exchange => exchange.ServeAsync(archive));
        var file = DownloadBench.File(archive, server.Url()) with { Archive = ArchiveKind.TarGz };

        var dataset = await _bench.DownloadAsync(file);

        Assert.Equal(["set/a/1.txt", "set/b/2.txt"], _bench.Landed);
        Assert.Empty(_bench.UnderWay);
        Assert.Equal((2, 6L), (dataset.FileCount, dataset.Bytes));
        Assert.True(DatasetVerifier.Verify(
            DownloadBench.Entry(file), _bench.Data, cancellationToken: TestContext.Current.CancellationToken).IsIntact);
    }

    [Fact]
    public async Task DownloadAsync_ArchiveThatLeadsOut_LandsNothing()
    {
        var archive = Archives.TarGz(("ok.txt", "one"), ("../../escaped.txt", "two"));
        await using var server = new LocalServer(exchange => exchange.ServeAsync(archive));
        var file = DownloadBench.File(archive, server.Url()) with { Archive = ArchiveKind.TarGz };

        await _bench.FailsAsync(file);

        // The archive itself is as published, and stays.
        Assert.Equal([DownloadBench.FileName], _bench.UnderWay);
        Assert.Equal(
            [".downloads"], Directory.EnumerateFileSystemEntries(_bench.Data).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public async Task DownloadAsync_KilledEarlier_LeavesNoLeftovers()
    {
        await using var server = new LocalServer(exchange => exchange.ServeAsync(DownloadBench.Content));
        Directory.CreateDirectory(Path.Combine(_bench.Staging, "content", "half"));
        Directory.CreateDirectory(Path.Combine(_bench.Staging, ".content.0123.unpacking", "half"));
        File.WriteAllText(_bench.Part, "bytes of which nothing is known");

        await _bench.LandsAsync(server.Url());

        Assert.Null(Assert.Single(server.Requests).From);
        Assert.Empty(Directory.EnumerateDirectories(_bench.Staging));
    }

    [Fact]
    public void Constructor_OptionsOutOfRange_NamesAll()
    {
        var fault = Assert.Throws<ArgumentException>(() => new DatasetDownloader(new DownloadOptions
        {
            StallTimeout = TimeSpan.Zero,
            TriesPerMirror = 0,
            FirstPause = TimeSpan.FromSeconds(-1),
            LongestPause = TimeSpan.FromHours(2),
            MaximumRedirects = -1,
        }));

        Assert.All(
            ["StallTimeout", "TriesPerMirror", "FirstPause", "LongestPause", "MaximumRedirects"],
            name => Assert.Contains(name, fault.Message, StringComparison.Ordinal));
    }
}
