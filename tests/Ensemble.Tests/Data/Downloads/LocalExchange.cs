using System.Net.Sockets;
using System.Text;

namespace Ensemble.Tests.Data.Downloads;

/// <summary>One request, and what to say to it.</summary>
internal sealed class LocalExchange(TcpClient client, LocalRequest request, int number, CancellationToken stop)
{
    public LocalRequest Request { get; } = request;

    /// <summary>1 for the server's first request.</summary>
    public int Number { get; } = number;

    /// <summary>Sends a status line and headers.</summary>
    public Task HeadAsync(string status, params string[] headers) => SendAsync(Encoding.Latin1.GetBytes(
        $"HTTP/1.1 {status}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n"));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await client.GetStream().WriteAsync(bytes, stop);

    /// <summary>Answers honestly: a range where one is asked for and, if conditional, the tag is still right. With a cut,
    /// the connection ends early.</summary>
    public async Task ServeAsync(byte[] content, string etag = "\"one\"", int? cutAfter = null)
    {
        var isStale = Request.Headers.TryGetValue("If-Range", out var asked) && asked != etag;
        var from = isStale ? 0 : Request.From ?? 0;
        if (from > 0 && from >= content.Length)
        {
            await HeadAsync("416 Range Not Satisfiable", $"Content-Range: bytes */{content.Length}", "Content-Length: 0");
            return;
        }

        string[] headers = [$"ETag: {etag}", $"Content-Length: {content.Length - from}"];
        await (from > 0
            ? HeadAsync("206 Partial Content", [.. headers, $"Content-Range: bytes {from}-{content.Length - 1}/{content.Length}"])
            : HeadAsync("200 OK", headers));
        await SendAsync(content.AsMemory(from, cutAfter is { } cut ? Math.Min(cut, content.Length - from) : content.Length - from));
    }

    public Task StallAsync() => Task.Delay(Timeout.Infinite, stop);

    public Task PauseAsync(int milliseconds) => Task.Delay(milliseconds, stop);

    /// <summary>Ends the connection rudely: what is on its way is lost.</summary>
    public void Drop()
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }
}
