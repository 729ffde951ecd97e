using System.Buffers.Binary;
using System.IO.Compression;

namespace Ensemble.Data;

/// <summary>
/// Reads a binary file, plain or gzip (told by its first two bytes, not by its name), such that everything that can be
/// wrong with it is one <see cref="DataFaultException"/>, and no size is believed before it is checked.
/// </summary>
internal sealed class DataFileReader : IDisposable
{
    /// <summary>What a person can do about a file that is damaged.</summary>
    public const string GetAgain = "get the file again, and compare its checksum with the publisher's";

    /// <summary>Deflate's best: 258 bytes from 2 bits.</summary>
    public const long MaximumDeflateRatio = 1032;

    private const int FirstBufferBytes = 1 << 20;

    private readonly FileStream _file;
    private readonly Stream _content;

    private DataFileReader(string path, FileStream file, bool isCompressed)
    {
        Path = path;
        FileBytes = file.Length;
        IsCompressed = isCompressed;
        _file = file;
        _content = isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The file's length in bytes, as it lies on the disk; at least 1.</summary>
    public long FileBytes { get; }

    /// <summary>Whether the file is gzip.</summary>
    public bool IsCompressed { get; }

    /// <summary>Opens a file at its first byte.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it should be, with its article: <c>an idx3 image file</c>.</param>
    /// <param name="mayBeCompressed">Whether two gzip magic bytes at the start mean gzip.</param>
    /// <exception cref="DataFaultException">It is missing, empty, or cannot be opened.</exception>
    public static DataFileReader Open(string path, string content, bool mayBeCompressed)
    {
        FileStream? file = null;
        try
        {
            file = OpenStream(path, content);
            var isCompressed = mayBeCompressed && file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            return new DataFileReader(path, file, isCompressed);
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            file?.Dispose();
            throw CannotOpen(path, content, exception);
        }
    }

    /// <summary>Opens a file at its first byte, to be read by other means.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it should be, with its article.</param>
    /// <exception cref="DataFaultException">It is missing, empty, or cannot be opened.</exception>
    public static FileStream OpenStream(string path, string content)
    {
        RequireContent(path, content);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            throw CannotOpen(path, content, exception);
        }
    }

    /// <summary>Reads until the buffer is full or the content ends.</summary>
    /// <returns>Bytes read.</returns>
    /// <exception cref="DataFaultException">The disk fails, or the gzip data are corrupt.</exception>
    public int Fill(Span<byte> buffer)
    {
        try
        {
            return _content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            var found = IsCompressed
                ? $"corrupt gzip data ({exception.Message})"
                : $"a read error ({exception.Message})";
            throw new DataFaultException(Path, "readable content", found, GetAgain, exception);
        }
    }

    /// <summary>Fills a header.</summary>
    /// <exception cref="DataFaultException">The content ends before.</exception>
    public void ReadHeader(Span<byte> header)
    {
        var read = Fill(header);
        if (read < header.Length)
        {
            throw new DataFaultException(Path, $"a header of {header.Length} bytes", $"{read} bytes", GetAgain);
        }
    }

    /// <summary>Reads everything after the header, which must be exactly as long as the header said.</summary>
    /// <param name="bodyBytes">Bytes that the header declares.</param>
    /// <param name="headerBytes">Bytes read before.</param>
    /// <param name="declaration">What the header declares, for the message: <c>60000 images of 28x28</c>.</param>
    /// <exception cref="DataFaultException">There are fewer or more bytes, or no file of this length could hold so
    /// many.</exception>
    public byte[] ReadBody(UInt128 bodyBytes, int headerBytes, string declaration)
    {
        var expected = $"{declaration}, {bodyBytes} bytes after a header of {headerBytes}";
        if (bodyBytes > (UInt128)Array.MaxLength)
        {
            throw new DataFaultException(
                Path, $"at most {Array.MaxLength} bytes of content", $"a header that declares {declaration}", GetAgain);
        }

        var most = IsCompressed ? FileBytes * MaximumDeflateRatio : FileBytes - headerBytes;
        if (bodyBytes > (UInt128)most || (!IsCompressed && bodyBytes != (UInt128)most))
        {
            var found = IsCompressed
                ? $"{FileBytes} bytes of gzip, which cannot hold them"
                : $"{most} bytes after the header";
            throw new DataFaultException(Path, expected, found, GetAgain);
        }

        var body = ReadExactly((int)bodyBytes, expected);
        if (IsCompressed)
        {
            RequireTrailer((uint)(headerBytes + body.LongLength));
        }

        return body;
    }

    /// <inheritdoc/>
    public void Dispose() => _content.Dispose();

    private byte[] ReadExactly(int byteCount, string expected)
    {
        // Gzip's declared size is only a claim until the bytes are there: the buffer grows with what is really read.
        var body = new byte[IsCompressed ? Math.Min(byteCount, FirstBufferBytes) : byteCount];
        var read = Fill(body);
        while (read == body.Length && read < byteCount)
        {
            Array.Resize(ref body, (int)Math.Min(byteCount, 2L * body.Length));
            read += Fill(body.AsSpan(read));
        }

        if (read < byteCount)
        {
            throw new DataFaultException(Path, expected, $"the end after {read}", GetAgain);
        }

        // Also what makes gzip read, and so check, its trailing checksum.
        Span<byte> trailing = stackalloc byte[1];
        return Fill(trailing) == 0
            ? body
            : throw new DataFaultException(Path, expected, "more bytes after them", GetAgain);
    }

    /// <summary>
    /// Gzip's last four bytes count its content, modulo 2^32 (RFC 1952, 2.3.1). The framework checks them and the
    /// checksum before them where it finds them, but is content with a file that ends early, or has more after them.
    /// </summary>
    private void RequireTrailer(uint contentBytes)
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        try
        {
            _file.Position = FileBytes - trailer.Length;
            _file.ReadExactly(trailer);
        }
        catch (Exception exception) when (IsOfTheFile(exception))
        {
            throw new DataFaultException(
                Path, "a gzip trailer", $"a read error ({exception.Message})", GetAgain, exception);
        }

        var counted = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        if (counted != contentBytes)
        {
            throw new DataFaultException(
                Path,
                $"one gzip member that ends with the length of its content, {contentBytes}",
                $"{counted} in its last bytes: cut short, or followed by something",
                GetAgain);
        }
    }

    private static DataFaultException CannotOpen(string path, string content, Exception exception) => new(
        path, content, $"a file that cannot be opened ({exception.Message})", "check its permissions", exception);

    private static void RequireContent(string path, string content)
    {
        if (Directory.Exists(path))
        {
            throw new DataFaultException(path, content, "a folder", "name the file in it");
        }

        var information = File.Exists(path) ? new FileInfo(path) : null;
        if (information is null)
        {
            throw new DataFaultException(path, content, "nothing", "check the path, or get the data set");
        }

        // Also keeps devices and pipes, whose length is 0, from being opened: reading them may never end.
        if (information.Length == 0)
        {
            throw new DataFaultException(path, content, "an empty file", GetAgain);
        }
    }

    private static bool IsOfTheFile(Exception exception) =>
        exception is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException;
}
