using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ensemble.Experiments;

/// <summary>PyTorch in a process of its own (experiments/benchmarks/speed_peer.py), asked a line at a time.</summary>
public sealed class TorchPeer : IDisposable
{
    private readonly Process _process;

    /// <param name="python">The Python that has torch.</param>
    /// <param name="threads">Threads that torch takes.</param>
    public TorchPeer(string python, int threads)
    {
        var start = new ProcessStartInfo(python, ["experiments/benchmarks/speed_peer.py", "tests/Ensemble.Tests/Models", $"{threads}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
    }

    /// <summary>Asks.</summary>
    /// <param name="request">What the peer's first lines describe.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="InvalidOperationException">The peer ended.</exception>
    public JsonNode Ask(object request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the peer ended; its reason stands above");
        return JsonNode.Parse(line)!;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
