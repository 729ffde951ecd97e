using System.Net;
using Ensemble.Data.Catalog;
using Ensemble.Storage;

namespace Ensemble.Data.Downloads;

/// <summary>
/// Downloads data sets of the catalogue: from their mirrors in turn, built on what an earlier call brought, verified,
/// unpacked, and put in place whole by a rename.
/// </summary>
/// <remarks>
/// <para>
/// A data set lies in <c>FOLDER/NAME</c>, with a receipt (<c>.download.json</c>) that
/// <see cref="DatasetVerifier"/> holds it against. What is under way lies in <c>FOLDER/.downloads/NAME</c>, where a
/// lock keeps a second download of the same data set out. An archive is deleted once it is unpacked.
/// </para>
/// <para>
/// Where there is no network, a published file that is put by hand at <c>FOLDER/.downloads/NAME/FILE</c> is verified
/// and used.
/// </para>
/// </remarks>
public sealed class DatasetDownloader : IDisposable
{
    private readonly DownloadOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    /// <summary>Makes a downloader.</summary>
    /// <param name="options">How patient it is; null for the defaults.</param>
    /// <param name="handler">
    /// What sends requests, and follows no redirects by itself; disposed with the downloader. Null for .NET's own.
    /// </param>
    /// <param name="time">The clock of time-outs and pauses; null for the system's.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public DatasetDownloader(
        DownloadOptions? options = null, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        _options = options ?? new DownloadOptions();
        _options.Validate();
        _time = time ?? TimeProvider.System;
        _client = new HttpClient(handler ?? CreateHandler(), disposeHandler: true)
        {
            // The stall time-out is what bounds a try: a whole download may take hours.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Downloads a data set, or finds it there.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="dataFolder">The folder that data sets are downloaded to; created if missing.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Cancels; what has arrived stays for the next call.</param>
    /// <returns>The data set on the disk.</returns>
    /// <exception cref="DataFaultException">
    /// No mirror gave a file as published, the archive is refused, there is no checksum and that was not allowed, or
    /// something else lies where the data set should.
    /// </exception>
    /// <exception cref="MachineFaultException">
    /// The folder cannot be written, the disk is full, or another download of the same data set is under way.
    /// </exception>
    /// <exception cref="ArgumentException">The entry is not valid.</exception>
    public async Task<DownloadedDataset> DownloadAsync(
        CatalogEntry entry,
        string dataFolder,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        entry.Validate();
        var folder = new DatasetFolder(dataFolder, entry.Name);
        using var held = FolderLock.Acquire(folder.Staging);
        folder.RemoveLeftovers();
        if (FindPresent(entry, dataFolder, folder) is { } present)
        {
            return present;
        }

        var files = new FileDownloader(_client, _options, _time);
        var downloads = new List<DownloadedFile>();
        foreach (var file in entry.Files)
        {
            var path = Path.Combine(folder.Staging, file.Name);
            downloads.Add(
                await files.DownloadAsync(file, path, progress, cancellationToken).ConfigureAwait(false));
        }

        // Unpacking is disk and processor work without a pause in it: away from the caller's thread.
        var receipt = await Task
            .Run(() => Prepare(entry, folder, downloads, progress, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        folder.Land();
        folder.RemoveDownloads(entry.Files.Select(file => file.Name));
        return Describe(entry, dataFolder, receipt, wasThere: false);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler CreateHandler() => new()
    {
        // Redirects are followed by hand, to hold them to rules; packed answers would not have the published checksum.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
    };

    private DownloadedDataset? FindPresent(CatalogEntry entry, string dataFolder, DatasetFolder folder)
    {
        if (File.Exists(folder.Target))
        {
            throw new DataFaultException(
                folder.Target, $"a folder for {entry.Name}", "a file", "move it away, or choose another folder");
        }

        if (!Directory.Exists(folder.Target) || _options.Replace)
        {
            return null;
        }

        const string Remedy = "move it away, or have it replaced";
        if (!File.Exists(folder.ReceiptPath))
        {
            throw new DataFaultException(
                folder.Target, $"nothing, or {entry.Name} as downloaded before", "a folder without a receipt", Remedy);
        }

        var receipt = DatasetVerifier.ReadReceipt(folder);
        if (entry.HasChecksums && !DatasetVerifier.Agrees(receipt, entry))
        {
            throw new DataFaultException(
                folder.Target, $"{entry.Name} as the catalogue has it", "a download of other files", Remedy);
        }

        var missing = receipt.Files.FirstOrDefault(file => !HasLength(folder, file));
        return missing is null
            ? Describe(entry, dataFolder, receipt, wasThere: true)
            : throw new DataFaultException(
                Path.Combine([folder.Target, .. missing.Path.Split('/')]), $"{missing.Bytes} bytes",
                "no such file, or of another length", "have the data set replaced");
    }

    private static bool HasLength(DatasetFolder folder, UnpackedFile file)
    {
        var information = new FileInfo(Path.Combine([folder.Target, .. file.Path.Split('/')]));
        return information.Exists && information.Length == file.Bytes;
    }

    private DownloadReceipt Prepare(
        CatalogEntry entry,
        DatasetFolder folder,
        List<DownloadedFile> downloads,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            var receipt = new DownloadReceipt
            {
                Name = entry.Name,
                At = _time.GetUtcNow(),
                Downloads = downloads,
                Files = entry.Archive is { } archive
                    ? Unpack(entry, archive, folder, progress, cancellationToken)
                    : [.. downloads.Select(Describe)],
            };
            RecordJson.Write(Path.Combine(folder.Content, DatasetFolder.ReceiptName), receipt);
            if (entry.Archive is null)
            {
                MoveFiles(folder, downloads);
            }

            return receipt;
        }
        catch
        {
            DatasetFolder.TryDelete(folder.Content);
            throw;
        }
    }

    private static IReadOnlyList<UnpackedFile> Unpack(
        CatalogEntry entry,
        CatalogFile archive,
        DatasetFolder folder,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder.Staging, archive.Name);
        var bytes = FileLength.Of(path);
        progress?.Report(new DownloadProgress
        {
            File = archive.Name,
            Stage = DownloadStage.Unpacking,
            Bytes = bytes,
            TotalBytes = bytes,
        });
        // The catalogue knows what comes out: its limit is closer than any ratio.
        var limits = new UnpackLimits
        {
            TotalBytes = entry.UnpackedBytes!.Value,
            FileBytes = entry.UnpackedBytes.Value,
            Entries = entry.UnpackedEntries!.Value,
        };
        return SafeUnpacker.Unpack(path, archive.Archive, folder.Content, limits, cancellationToken);
    }

    private static void MoveFiles(DatasetFolder folder, List<DownloadedFile> downloads)
    {
        foreach (var file in downloads)
        {
            DatasetFolder.Move(Path.Combine(folder.Staging, file.Name), Path.Combine(folder.Content, file.Name));
        }
    }

    private static UnpackedFile Describe(DownloadedFile file) =>
        new() { Path = file.Name, Bytes = file.Bytes, Sha256 = file.Sha256 };

    private static DownloadedDataset Describe(
        CatalogEntry entry, string dataFolder, DownloadReceipt receipt, bool wasThere) => new()
        {
            Name = entry.Name,
            ReaderFolder = entry.ReaderFolder(dataFolder),
            WasThere = wasThere,
            At = receipt.At,
            Downloads = receipt.Downloads,
            FileCount = receipt.Files.Count,
            Bytes = receipt.Files.Sum(file => file.Bytes),
        };
}
