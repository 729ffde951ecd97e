namespace Ensemble.Data.Downloads;

/// <summary>Reads a stream forward, up to a number of bytes, and knows how many zeros the last ones were.</summary>
internal sealed class ArchiveStream(Stream inner, long maximumBytes) : Stream
{
    private long _bytes;

    /// <summary>Zero bytes just before the position: a tar archive ends with 1024 of them.</summary>
    public long TrailingZeros { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _bytes += read;
        if (_bytes > maximumBytes)
        {
            throw new InvalidDataException($"it comes to more than {maximumBytes} bytes");
        }

        var zeros = read - (buffer[..read].LastIndexOfAnyExcept((byte)0) + 1);
        TrailingZeros = zeros == read ? TrailingZeros + read : zeros;
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
