namespace Ensemble.Data.Formats;

/// <summary>Where the bytes of one .npy array come from: a file of its own, or an entry of an archive.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="entry">The entry's name in it, or null.</param>
/// <param name="declaredBytes">Bytes that there should be.</param>
/// <param name="isCertain">Whether so many bytes are there for sure, such that memory may be had for them before they
/// are read.</param>
/// <param name="fill">Reads until the buffer is full or the content ends, and gives the bytes read.</param>
internal sealed class NpySource(
    string path, string? entry, long declaredBytes, bool isCertain, NpySource.Filler fill)
{
    private const int FirstBufferBytes = 1 << 20;

    /// <summary>Reads until the buffer is full or the content ends.</summary>
    public delegate int Filler(Span<byte> buffer);

    /// <summary>Bytes that there should be.</summary>
    public long DeclaredBytes => declaredBytes;

    /// <summary>Reads exactly so many bytes.</summary>
    /// <param name="byteCount">Bytes; no more than are declared.</param>
    /// <param name="content">What they are, for the message.</param>
    /// <exception cref="DataFaultException">The content ends before.</exception>
    public byte[] Read(int byteCount, string content)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(isCertain ? byteCount : Math.Min(byteCount, FirstBufferBytes));
        var read = fill(bytes);
        while (read == bytes.Length && read < byteCount)
        {
            Array.Resize(ref bytes, (int)Math.Min(byteCount, 2L * bytes.Length));
            read += fill(bytes.AsSpan(read));
        }

        return read == byteCount ? bytes : throw Fault($"{byteCount} bytes of {content}", $"the end after {read}");
    }

    /// <summary>Holds that nothing is left.</summary>
    /// <exception cref="DataFaultException">There is more.</exception>
    public void RequireEnd()
    {
        Span<byte> trailing = stackalloc byte[1];
        if (fill(trailing) > 0)
        {
            throw Fault($"{declaredBytes} bytes", "more bytes after them");
        }
    }

    /// <summary>A fault of this content.</summary>
    public DataFaultException Fault(string expected, string found, Exception? innerException = null) => new(
        path,
        entry is null ? expected : $"{expected} in {entry}",
        found,
        "write the array again with numpy.save or numpy.savez, or get the file again",
        innerException);
}
