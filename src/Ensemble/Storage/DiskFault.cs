namespace Ensemble.Storage;

/// <summary>Tells a person about a file or folder that the machine refuses.</summary>
internal static class DiskFault
{
    // errno values, which .NET on Unix leaves in HResult: no space (28), quota spent (122 on Linux, 69 on macOS); the
    // two of Windows for a full disk.
    private static readonly int[] FullCodes = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Whether an exception is one of the file system's.</summary>
    public static bool IsOne(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>The fault of a file that could not be written.</summary>
    public static MachineFaultException Unwritable(string path, Exception exception) =>
        Array.IndexOf(FullCodes, exception.HResult) >= 0
            ? new(path, "the disk or quota is full", "free some space and run the same command again", exception)
            : new(
                path,
                $"cannot be written ({exception.Message})",
                "choose a folder that can be written, or correct its permissions",
                exception);

    /// <summary>The fault of a file that is not there or could not be read.</summary>
    public static DataFaultException Unreadable(string path, string expected, string remedy, Exception exception) =>
        exception is FileNotFoundException or DirectoryNotFoundException
            ? new(path, expected, "no such file", remedy, exception)
            : new(path, expected, $"a file that cannot be read ({exception.Message})", remedy, exception);

    /// <summary>Deletes a file if that can be done: for cleaning up while another fault is on its way.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (IsOne(exception))
        {
            // The fault on its way says more than that its temporary file stayed.
        }
    }

    /// <summary>Reads a small file whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What should be there.</param>
    /// <param name="remedy">What the person can do.</param>
    /// <param name="maximumLength">
    /// The most bytes that such a file can have: a larger one is refused before it is read.
    /// </param>
    /// <exception cref="DataFaultException">The file is missing, cannot be read or is too large.</exception>
    public static byte[] ReadAllBytes(string path, string expected, string remedy, long maximumLength)
    {
        try
        {
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > maximumLength)
            {
                throw new DataFaultException(
                    path, $"{expected} of at most {maximumLength} bytes", $"{stream.Length} bytes", remedy);
            }

            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
        catch (Exception exception) when (IsOne(exception))
        {
            throw Unreadable(path, expected, remedy, exception);
        }
    }
}
