using System.Security.Cryptography;
using Ensemble.Data;
using Ensemble.Data.Catalog;
using Ensemble.Data.Downloads;

namespace Ensemble.Tests.Data.Downloads;

/// <summary>A folder to download to, what to download, and a look at what lies there afterwards.</summary>
internal sealed class DownloadBench : IDisposable
{
    public const string Name = "tiny";
    public const string FileName = "file.bin";

    private readonly TemporaryFolder _folder = new();

    public static byte[] Content { get; } = MakeContent(50_000);

    public static DownloadOptions Impatient { get; } = new()
    {
        StallTimeout = TimeSpan.FromMilliseconds(200),
        TriesPerMirror = 3,
        FirstPause = TimeSpan.FromMilliseconds(1),
        LongestPause = TimeSpan.FromMilliseconds(4),
    };

    public string Data => Path.Combine(_folder.FullPath, "data");

    public string Staging => Path.Combine(Data, ".downloads", Name);

    public string Target => Path.Combine(Data, Name);

    public string Part => Path.Combine(Staging, FileName + ".part");

    /// <summary>What is in place, the receipt aside; null when the data set is not there.</summary>
    public IReadOnlyList<string>? Landed => Directory.Exists(Target) ? Below(Target, ".download.json") : null;

    /// <summary>What is under way, the lock aside.</summary>
    public IReadOnlyList<string> UnderWay => Directory.Exists(Staging) ? Below(Staging, ".lock") : [];

    public static byte[] MakeContent(int count, ulong seed = 1)
    {
        var stream = new RandomStream(seed, "tests/content");
        var content = new byte[count];
        for (var index = 0; index < count; index++)
        {
            content[index] = (byte)stream.NextUInt32();
        }

        return content;
    }

    public static CatalogEntry Entry(CatalogFile file) => new()
    {
        Name = Name,
        Title = "Tiny",
        Description = "for tests",
        ClassNames = ["a", "b"],
        Shape = null,
        Counts = new CatalogCounts { Train = 1, Validation = 0, Test = 0 },
        Layout = DatasetLayout.ImageFolder,
        Folder = string.Empty,
        Files = [file],
        UnpackedBytes = file.Archive == ArchiveKind.None ? null : 100_000,
        UnpackedEntries = file.Archive == ArchiveKind.None ? null : 20,
        Licence = "none",
        Citation = "none",
        Homepage = "http://127.0.0.1/",
    };

    public static CatalogFile File(byte[] content, params string[] urls) => new()
    {
        Name = FileName,
        Urls = urls,
        Bytes = content.Length,
        Md5 = null,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        ChecksumSource = "the test",
        Archive = ArchiveKind.None,
    };

    public Task<DownloadedDataset> DownloadAsync(params string[] urls) => DownloadAsync(File(Content, urls));

    public async Task<DownloadedDataset> DownloadAsync(
        CatalogFile file,
        DownloadOptions? options = null,
        HttpMessageHandler? handler = null,
        TimeProvider? time = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken? cancellation = null)
    {
        using var downloader = new DatasetDownloader(options ?? Impatient, handler, time);
        return await downloader.DownloadAsync(
            Entry(file), Data, progress, cancellation ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Downloads, and holds that the data set landed whole with nothing beside it.</summary>
    public async Task<DownloadedDataset> LandsAsync(params string[] urls)
    {
        var dataset = await DownloadAsync(urls);
        AssertLanded(Content);
        return dataset;
    }

    /// <summary>Downloads, and holds that this fails in one line and that nothing landed.</summary>
    public async Task<DataFaultException> FailsAsync(CatalogFile file, DownloadOptions? options = null)
    {
        var fault = await Assert.ThrowsAsync<DataFaultException>(() => DownloadAsync(file, options));
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Null(Landed);
        return fault;
    }

    public Task<DataFaultException> FailsAsync(params string[] urls) => FailsAsync(File(Content, urls));

    public void AssertLanded(byte[] content)
    {
        Assert.Equal([FileName], Landed);
        Assert.Equal(content, System.IO.File.ReadAllBytes(Path.Combine(Target, FileName)));
        Assert.Empty(UnderWay);
    }

    public void Dispose() => _folder.Dispose();

    private static List<string> Below(string folder, string except) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Where(path => !Directory.Exists(path))
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(path => path != except)
            .Order(StringComparer.Ordinal),
    ];
}
