using Ensemble.Data.Catalog;
using Ensemble.Storage;

namespace Ensemble.Data.Downloads;

/// <summary>Checks a data set that is on the disk, byte by byte.</summary>
public static class DatasetVerifier
{
    /// <summary>
    /// Checks a data set: against the receipt of its download, or, where somebody else put the files there, against the
    /// catalogue's checksums. Nothing is changed and nothing is downloaded.
    /// </summary>
    /// <param name="entry">The data set.</param>
    /// <param name="dataFolder">The folder that data sets are downloaded to.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was found; faults of files are in it, not thrown.</returns>
    /// <exception cref="DataFaultException">There is nothing to check, or the receipt is damaged.</exception>
    public static VerificationReport Verify(
        CatalogEntry entry,
        string dataFolder,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        entry.Validate();
        var folder = new DatasetFolder(dataFolder, entry.Name);
        if (!Directory.Exists(folder.Target))
        {
            throw new DataFaultException(
                folder.Target, $"the data set {entry.Name}", "no such folder", "download it first");
        }

        var receipt = File.Exists(folder.ReceiptPath) ? ReadReceipt(folder) : null;
        var checks = receipt is null
            ? entry.Files.Select(file => CheckPublished(file, folder, progress, cancellationToken))
            : receipt.Files.Select(file => CheckReceived(file, folder, progress, cancellationToken));
        return new VerificationReport
        {
            Name = entry.Name,
            Folder = folder.Target,
            HasReceipt = receipt is not null,
            AgreesWithCatalog = receipt is null ? entry.HasChecksums : Agrees(receipt, entry),
            Files = [.. checks],
        };
    }

    /// <summary>Reads what was written when a data set landed.</summary>
    internal static DownloadReceipt ReadReceipt(DatasetFolder folder) => RecordJson.Read<DownloadReceipt>(
        folder.ReceiptPath, "the receipt of a download", "download the data set again, replacing what is there");

    /// <summary>Whether the files that were downloaded are those of the catalogue.</summary>
    internal static bool Agrees(DownloadReceipt receipt, CatalogEntry entry) =>
        entry.HasChecksums && entry.Files.All(file => receipt.Downloads.Any(download =>
            download.Name == file.Name && Digest(download).Disagreement(file) is null));

    private static FileDigest Digest(DownloadedFile download) =>
        new() { Bytes = download.Bytes, Md5 = download.Md5, Sha256 = download.Sha256 };

    private static VerifiedFile CheckReceived(
        UnpackedFile file,
        DatasetFolder folder,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var path = Path.Combine([folder.Target, .. file.Path.Split('/')]);
        return Check(file.Path, path, $"sha256 {file.Sha256}", Compare, progress, cancellationToken);

        (string Expected, string Found)? Compare(FileDigest digest) =>
            digest.Bytes != file.Bytes ? ($"{file.Bytes} bytes", $"{digest.Bytes}")
            : digest.Sha256 != file.Sha256 ? ($"sha256 {file.Sha256}", digest.Sha256)
            : null;
    }

    private static VerifiedFile CheckPublished(
        CatalogFile file,
        DatasetFolder folder,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder.Target, file.Name);
        var check = Check(
            file.Name, path, "the published file", digest => digest.Disagreement(file), progress, cancellationToken);
        return check.State == VerifiedState.Intact && !file.HasChecksum
            ? check with { State = VerifiedState.Unknown }
            : check;
    }

    private static VerifiedFile Check(
        string name,
        string path,
        string expected,
        Func<FileDigest, (string Expected, string Found)?> compare,
        IProgress<DownloadProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return new VerifiedFile(name, VerifiedState.Missing, expected, "no such file");
        }

        try
        {
            var total = FileLength.Of(path);
            var digest = FileDigest.Measure(path, bytes => Report(progress, name, bytes, total), cancellationToken);
            return compare(digest) is { } fault
                ? new VerifiedFile(name, VerifiedState.Changed, fault.Expected, fault.Found)
                : new VerifiedFile(name, VerifiedState.Intact, expected, $"sha256 {digest.Sha256}");
        }
        catch (DataFaultException exception)
        {
            return new VerifiedFile(name, VerifiedState.Changed, expected, exception.Found);
        }
    }

    private static void Report(IProgress<DownloadProgress>? progress, string name, long bytes, long total) =>
        progress?.Report(new DownloadProgress
        {
            File = name,
            Stage = DownloadStage.Verifying,
            Bytes = bytes,
            TotalBytes = total,
        });
}
