using System.Security.Cryptography;

namespace Ensemble.Storage;

/// <summary>Checksums of files.</summary>
public static class FileChecksum
{
    /// <summary>The SHA-256 of a file's bytes, read as a stream.</summary>
    /// <param name="path">The file.</param>
    /// <returns>64 lower-case hexadecimal digits, as <c>sha256sum</c> prints.</returns>
    /// <exception cref="DataFaultException">The file is missing or cannot be read.</exception>
    public static string Sha256(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unreadable(
                path, "a file to take the checksum of", "run the stage that writes it again", exception);
        }
    }
}
