using System.Globalization;
using Ensemble.Data.Catalog;
using Ensemble.Storage;

namespace Ensemble.Data.Downloads;

/// <summary>
/// Brings one file from its mirrors to a path: verified, or not at all. Bytes that a later call can build on stay
/// beside the path in <c>NAME.part</c>; who calls holds the folder's lock.
/// </summary>
internal sealed class FileDownloader
{
    /// <summary>A try that brought so many bytes is not counted against the mirror.</summary>
    private const long WorthwhileBytes = 1 << 20;

    private readonly HttpTransfer _transfer;
    private readonly DownloadOptions _options;
    private readonly TimeProvider _time;
    private readonly RandomStream _jitter;

    public FileDownloader(HttpClient client, DownloadOptions options, TimeProvider time)
    {
        _transfer = new HttpTransfer(client, options, time);
        _options = options;
        _time = time;
        // Spreads the returns of many machines to one server: drawn from the clock on purpose, no result depends on it.
        _jitter = new RandomStream((ulong)time.GetTimestamp(), "downloads/jitter");
    }

    /// <summary>Downloads a file, or verifies the one that is there.</summary>
    /// <param name="file">The catalogue's file.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Cancels; what has arrived stays for the next call.</param>
    /// <exception cref="DataFaultException">No mirror gave the file, the file that is there is another, or there is no
    /// checksum and that was not allowed.</exception>
    /// <exception cref="MachineFaultException">The disk refuses.</exception>
    public async Task<DownloadedFile> DownloadAsync(
        CatalogFile file, string path, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        RequireChecksum(file);
        if (File.Exists(path))
        {
            return VerifyPresent(file, path, progress, cancellationToken);
        }

        var part = new PartFile(path);
        var mirrors = file.Urls.Select(url => new Mirror(url)).ToList();
        var pause = _options.FirstPause;
        while (true)
        {
            TimeSpan? askedPause = null;
            foreach (var mirror in mirrors.Where(mirror => mirror.TriesLeft(_options.TriesPerMirror)))
            {
                try
                {
                    return await TryAsync(mirror, file, part, progress, cancellationToken).ConfigureAwait(false);
                }
                catch (TransferException exception)
                {
                    mirror.Fail(exception);
                    askedPause = exception.RetryAfter > askedPause || askedPause is null
                        ? exception.RetryAfter
                        : askedPause;
                    Report(
                        progress, file, DownloadStage.Retrying, part.Length, file.Bytes,
                        $"{mirror.Url}: {exception.Message}");
                }
            }

            if (!mirrors.Any(mirror => mirror.TriesLeft(_options.TriesPerMirror)))
            {
                throw Exhausted(file, path, part, mirrors);
            }

            pause = await PauseAsync(pause, askedPause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DownloadedFile> TryAsync(
        Mirror mirror,
        CatalogFile file,
        PartFile part,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var before = part.Length;
        try
        {
            await _transfer
                .RunAsync(
                    mirror.Url, file, part,
                    (bytes, total) => Report(progress, file, DownloadStage.Downloading, bytes, total),
                    cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TransferException) when (part.Length - before >= WorthwhileBytes)
        {
            mirror.TryWasWorthwhile();
            throw;
        }

        var digest = Measure(file, part.Path, progress, cancellationToken);
        if (digest.Disagreement(file) is { } disagreement)
        {
            part.Discard();
            // Bytes of an earlier try may be to blame: the same mirror gets one more try, from the start. A file that
            // came whole and is wrong stays wrong.
            throw new TransferException(
                $"{disagreement.Found} instead of {disagreement.Expected}", isPermanent: before == 0);
        }

        part.Land();
        return Describe(file, digest, mirror.Url);
    }

    private void RequireChecksum(CatalogFile file)
    {
        if (!file.HasChecksum && !_options.AllowUnverified)
        {
            throw new DataFaultException(
                file.Urls[0], "a published checksum to verify the download with", "none in the catalogue",
                "allow unverified downloads to take what the server gives");
        }
    }

    private static DownloadedFile VerifyPresent(
        CatalogFile file, string path, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var digest = Measure(file, path, progress, cancellationToken);
        return digest.Disagreement(file) is { } disagreement
            ? throw new DataFaultException(
                path, disagreement.Expected, disagreement.Found, "delete it, and run the same command again")
            : Describe(file, digest, url: null);
    }

    private static FileDigest Measure(
        CatalogFile file, string path, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var total = FileLength.Of(path);
        return FileDigest.Measure(
            path, bytes => Report(progress, file, DownloadStage.Verifying, bytes, total), cancellationToken);
    }

    private static DownloadedFile Describe(CatalogFile file, FileDigest digest, string? url) => new()
    {
        Name = file.Name,
        Url = url,
        Bytes = digest.Bytes,
        Md5 = digest.Md5,
        Sha256 = digest.Sha256,
        IsVerified = file.HasChecksum,
    };

    private async Task<TimeSpan> PauseAsync(
        TimeSpan pause, TimeSpan? askedPause, CancellationToken cancellationToken)
    {
        // Between half and all of it, so that machines that failed together do not return together.
        var length = pause * (0.5 + (_jitter.NextDouble() / 2));
        length = askedPause > length ? askedPause.Value : length;
        length = length > _options.LongestPause ? _options.LongestPause : length;
        await Task.Delay(length, _time, cancellationToken).ConfigureAwait(false);
        return pause * 2 > _options.LongestPause ? _options.LongestPause : pause * 2;
    }

    private static DataFaultException Exhausted(CatalogFile file, string path, PartFile part, List<Mirror> mirrors)
    {
        var expected = file.Bytes is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $"{file.Name} of {bytes} bytes")
            : file.Name;
        var found = mirrors.Count == 1
            ? mirrors[0].Describe()
            : string.Join("; ", mirrors.Select(mirror => $"from {mirror.Url} {mirror.Describe()}"));
        var kept = part.Length > 0 ? $" ({part.Length} bytes are kept and built on)" : string.Empty;
        return new DataFaultException(
            mirrors[0].Url, expected, found,
            $"check the network and run the same command again{kept}, or get the file by other means and put it at {path}",
            mirrors[0].LastFault);
    }

    private static void Report(
        IProgress<DownloadProgress>? progress,
        CatalogFile file,
        DownloadStage stage,
        long bytes,
        long? total,
        string? detail = null) =>
        progress?.Report(new DownloadProgress
        {
            File = file.Name,
            Stage = stage,
            Bytes = bytes,
            TotalBytes = total,
            Detail = detail,
        });

    /// <summary>An address, and how it has done.</summary>
    private sealed class Mirror(string url)
    {
        private int _failures;
        private int _tries;
        private bool _isOut;

        public string Url { get; } = url;

        public TransferException? LastFault { get; private set; }

        public bool TriesLeft(int most) => !_isOut && _failures < most;

        public void TryWasWorthwhile() => _failures--;

        public void Fail(TransferException fault)
        {
            _failures++;
            _tries++;
            _isOut |= fault.IsPermanent;
            LastFault = fault;
        }

        public string Describe() => _tries > 1 ? $"{LastFault!.Message} (try {_tries})" : LastFault!.Message;
    }
}
