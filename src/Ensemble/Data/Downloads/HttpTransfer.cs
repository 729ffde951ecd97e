using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Ensemble.Data.Catalog;
using Ensemble.Storage;

namespace Ensemble.Data.Downloads;

/// <summary>
/// One try to bring the rest of a file from one mirror (HTTP semantics: RFC 9110, sections 13 to 15). A server is
/// believed in nothing that can be checked: where its range begins, how long the file is, that it is the same file.
/// </summary>
internal sealed class HttpTransfer(HttpClient client, DownloadOptions options, TimeProvider time)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Brings the rest.</summary>
    /// <param name="url">The catalogue's address.</param>
    /// <param name="file">What is expected.</param>
    /// <param name="part">Where bytes go; those that are there are kept if the server confirms them.</param>
    /// <param name="onBytes">Told the bytes there are, and the total where the server said.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="TransferException">The try failed; the bytes that may be used stay in the part.</exception>
    /// <exception cref="MachineFaultException">The disk refuses.</exception>
    public async Task RunAsync(
        string url, CatalogFile file, PartFile part, Action<long, long?> onBytes, CancellationToken cancellationToken)
    {
        var offset = PrepareOffset(url, file, part);
        if (offset > 0 && offset == file.Bytes)
        {
            return;
        }

        using var stall = new StallWatch(options.StallTimeout, time, cancellationToken);
        try
        {
            using var response = await SendAsync(new Uri(url), url, offset, part.State, stall).ConfigureAwait(false);
            stall.Heard();
            if (offset > 0 && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                part.Discard();
                throw new TransferException($"no bytes after the {offset} that were there before (HTTP 416)", false);
            }

            if (offset > 0 && response.StatusCode == HttpStatusCode.PartialContent)
            {
                RequireRange(response, url, file, part, offset);
                await CopyAsync(response, part.Append(), file, part, offset, stall, onBytes).ConfigureAwait(false);
            }
            else
            {
                RequireWhole(response, file);
                var stream = part.Create(DescribeState(url, response));
                await CopyAsync(response, stream, file, part, 0, stall, onBytes).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransferException($"no bytes for {FormatSeconds(options.StallTimeout)}", isPermanent: false);
        }
        catch (HttpRequestException exception)
        {
            throw new TransferException($"no answer ({Describe(exception)})", isPermanent: false, inner: exception);
        }
    }

    /// <summary>How many bytes of the part can be built on; the rest of the reasons throw the part away.</summary>
    private static long PrepareOffset(string url, CatalogFile file, PartFile part)
    {
        var isUsable = part.State is { } state
            && part.Length <= file.ByteLimit
            // The checksum at the end tells whether two mirrors' halves are of one file. Without one, only the same
            // server's word does.
            && (file.HasChecksum || (state.Url == url && Validator(state, url) is not null));
        if (!isUsable)
        {
            part.Discard();
        }

        return part.Length;
    }

    private static string? Validator(PartState state, string url) =>
        state.Url == url ? state.ETag ?? state.LastModified : null;

    private async Task<HttpResponseMessage> SendAsync(
        Uri address, string url, long offset, PartState? state, StallWatch stall)
    {
        for (var redirects = 0; ; redirects++)
        {
            var response = await client
                .SendAsync(Request(address, url, offset, state), HttpCompletionOption.ResponseHeadersRead, stall.Token)
                .ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found
                or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            {
                return response;
            }

            using (response)
            {
                stall.Heard();
                address = NextAddress(address, response.Headers.Location);
            }

            if (redirects >= options.MaximumRedirects)
            {
                throw new TransferException(
                    $"more than {options.MaximumRedirects} redirects, the last to {address}", isPermanent: true);
            }
        }
    }

    private static HttpRequestMessage Request(Uri address, string url, long offset, PartState? state)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Ensemble", "0.1"));
        // The bytes as published, not packed for the way: that is what the checksum is of.
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (offset > 0)
        {
            request.Headers.Range = new RangeHeaderValue(offset, null);
            if (state is not null && Validator(state, url) is { } validator)
            {
                request.Headers.TryAddWithoutValidation("If-Range", validator);
            }
        }

        return request;
    }

    private static Uri NextAddress(Uri from, Uri? location)
    {
        if (location is null)
        {
            throw new TransferException("a redirect without an address", isPermanent: true);
        }

        if (!Uri.TryCreate(from, location, out var next) || next.Scheme is not ("http" or "https"))
        {
            throw new TransferException($"a redirect to {location}, which is not http or https", isPermanent: true);
        }

        return from.Scheme == "https" && next.Scheme == "http"
            ? throw new TransferException($"a redirect from https to {next}, which is not", isPermanent: true)
            : next;
    }

    private static void RequireRange(
        HttpResponseMessage response, string url, CatalogFile file, PartFile part, long offset)
    {
        var range = response.Content.Headers.ContentRange;
        var isFromOffset = range is { Unit: "bytes", From: { } from } && from == offset;
        if (!isFromOffset || !IsExpected(file, range!.Length))
        {
            part.Discard();
            throw new TransferException(
                $"the range '{range?.ToString() ?? "none"}' in answer to 'bytes {offset}-'", isPermanent: false);
        }

        // Tags of two mirrors have nothing to do with each other.
        if (part.State is { ETag: { } before } state && state.Url == url
            && Validators(response).ETag is { } now && now != before)
        {
            part.Discard();
            throw new TransferException("the file changed on the server between two tries", isPermanent: false);
        }
    }

    private void RequireWhole(HttpResponseMessage response, CatalogFile file)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            var code = (int)response.StatusCode;
            var isPermanent = code is not (408 or 425 or 429 or >= 500);
            throw new TransferException(
                $"HTTP {code} {response.ReasonPhrase}".TrimEnd(), isPermanent, RetryAfter(response));
        }

        if (response.Content.Headers.ContentLength is { } length && !IsExpected(file, length))
        {
            throw new TransferException($"a file of {length} bytes", isPermanent: true);
        }
    }

    private static bool IsExpected(CatalogFile file, long? length) =>
        length is null || (file.Bytes is { } bytes ? length == bytes : length <= file.ByteLimit);

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } header ? null
        : header.Delta ?? (header.Date is { } date ? date - time.GetUtcNow() : null);

    private static PartState DescribeState(string url, HttpResponseMessage response)
    {
        var (etag, lastModified) = Validators(response);
        return new PartState { Url = url, ETag = etag, LastModified = lastModified };
    }

    /// <summary>What a later range may be asked under; a weak tag is none (RFC 9110, 13.1.5).</summary>
    private static (string? ETag, string? LastModified) Validators(HttpResponseMessage response) => (
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null,
        response.Content.Headers.LastModified?.ToString("R", CultureInfo.InvariantCulture));

    private static async Task CopyAsync(
        HttpResponseMessage response,
        FileStream target,
        CatalogFile file,
        PartFile part,
        long offset,
        StallWatch stall,
        Action<long, long?> onBytes)
    {
        await using var closing = target.ConfigureAwait(false);
        var total = file.Bytes ?? (response.Content.Headers.ContentLength is { } rest ? offset + rest : null);
        var buffer = new byte[BufferBytes];
        var bytes = offset;
        while (true)
        {
            var read = await ReadAsync(response, buffer, bytes, stall).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            stall.Heard();
            bytes += read;
            if (bytes > file.ByteLimit)
            {
                target.Dispose();
                part.Discard();
                throw new TransferException($"more than {file.ByteLimit} bytes", isPermanent: true);
            }

            Write(target, buffer.AsSpan(0, read));
            onBytes(bytes, total);
        }

        if (total is { } expected && bytes < expected)
        {
            throw new TransferException($"the end after {bytes} bytes", isPermanent: false);
        }

        FlushToDisk(target);
    }

    private static async Task<int> ReadAsync(HttpResponseMessage response, byte[] buffer, long bytes, StallWatch stall)
    {
        try
        {
            // The same stream every time: HttpContent keeps it.
            var body = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
            return await body.ReadAsync(buffer, stall.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw new TransferException(
                $"the connection dropped after {bytes} bytes", isPermanent: false, inner: exception);
        }
    }

    private static void Write(FileStream target, ReadOnlySpan<byte> content)
    {
        try
        {
            target.Write(content);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(target.Name, exception);
        }
    }

    private static void FlushToDisk(FileStream target)
    {
        try
        {
            target.Flush(flushToDisk: true);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(target.Name, exception);
        }
    }

    private static string Describe(HttpRequestException exception) =>
        exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message;

    private static string FormatSeconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
