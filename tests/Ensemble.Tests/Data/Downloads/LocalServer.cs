using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ensemble.Tests.Data.Downloads;

/// <summary>A server on 127.0.0.1 that says and sends exactly what a test tells it to, true or not.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<LocalExchange, Task> _answer;
    private readonly ConcurrentQueue<LocalRequest> _requests = new();
    private readonly Task _accepting;
    private int _count;

    public LocalServer(Func<LocalExchange, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<LocalRequest> Requests => [.. _requests];

    public string Url(string path = "/file") => $"http://127.0.0.1:{Port}{path}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException
            or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                var stream = client.GetStream();
                var request = await ReadRequestAsync(stream);
                if (request is null)
                {
                    return;
                }

                _requests.Enqueue(request);
                await _answer(new LocalExchange(client, request, Interlocked.Increment(ref _count), _stop.Token));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException
                or ObjectDisposedException)
            {
                // The client went away, as clients do.
            }
        }
    }

    private static async Task<LocalRequest?> ReadRequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(
            pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new LocalRequest(lines[0].Split(' ')[1], headers);
    }
}
