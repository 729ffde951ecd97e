namespace Ensemble.Storage;

/// <summary>How long files are, behind links too.</summary>
internal static class FileLength
{
    /// <summary>The bytes of a file; of a symbolic link those of the file that it leads to, where <see cref="FileInfo.Length"/> is the link's own.</summary>
    /// <param name="path">The file, or a link.</param>
    /// <returns>Bytes; 0 of a device or a pipe.</returns>
    /// <exception cref="IOException">There is no such file, or a link leads nowhere or in a circle.</exception>
    public static long Of(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? new FileInfo(target.FullName).Length : new FileInfo(path).Length;
}
