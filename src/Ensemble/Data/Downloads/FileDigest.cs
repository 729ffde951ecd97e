using System.Security.Cryptography;
using Ensemble.Data.Catalog;
using Ensemble.Storage;

namespace Ensemble.Data.Downloads;

/// <summary>The length and the checksums of a file on the disk.</summary>
internal sealed record FileDigest
{
    private const int BufferBytes = 1 << 20;

    /// <summary>The length in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public required string Md5 { get; init; }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Reads a file through.</summary>
    /// <exception cref="DataFaultException">It cannot be read.</exception>
    public static FileDigest Measure(string path, Action<long>? onBytes, CancellationToken cancellationToken)
    {
        // MD5 is what most publishers give. It tells damage, not malice; where a SHA-256 is known it is checked too.
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var buffer = new byte[BufferBytes];
            long bytes = 0;
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                md5.AppendData(buffer, 0, read);
                sha256.AppendData(buffer, 0, read);
                bytes += read;
                onBytes?.Invoke(bytes);
            }

            return new FileDigest
            {
                Bytes = bytes,
                Md5 = Convert.ToHexStringLower(md5.GetHashAndReset()),
                Sha256 = Convert.ToHexStringLower(sha256.GetHashAndReset()),
            };
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unreadable(
                path, "a file to take the checksum of", "check its permissions, or get it again", exception);
        }
    }

    /// <summary>What disagrees with the catalogue: what was expected and what is there; null when nothing does.</summary>
    public (string Expected, string Found)? Disagreement(CatalogFile file)
    {
        if (file.Bytes is { } bytes && bytes != Bytes)
        {
            return ($"{bytes} bytes", $"{Bytes}");
        }

        if (file.Sha256 is { } sha256 && sha256 != Sha256)
        {
            return ($"sha256 {sha256}", Sha256);
        }

        return file.Md5 is { } md5 && md5 != Md5 ? ($"md5 {md5}", Md5) : null;
    }
}
