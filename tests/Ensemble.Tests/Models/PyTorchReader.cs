using System.Diagnostics;

namespace Ensemble.Tests.Models;

/// <summary>load_safetensors.py as a process that answers a line for each folder it is told.</summary>
/// <remarks>One process for all networks: starting PyTorch takes longer than reading most of them.</remarks>
internal sealed class PyTorchReader : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;

    public PyTorchReader()
    {
        var start = new ProcessStartInfo(Python)
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Models", "load_safetensors.py") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["OMP_NUM_THREADS"] = "1", ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        _process = Process.Start(start)!;
    }

    /// <summary>Whether this machine has a Python with PyTorch.</summary>
    public static bool IsAvailable()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var probe = Process.Start(new ProcessStartInfo(Python, ["-c", "import importlib.util as u; exit(not (u.find_spec('torch') and u.find_spec('numpy')))"]))!;
        probe.WaitForExit();
        return probe.ExitCode == 0;
    }

    public string Read(string folder)
    {
        _process.StandardInput.WriteLine(folder);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("load_safetensors.py ended; its error stands above");
    }

    /// <summary>Ends the script; its exit code.</summary>
    public int Finish()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
