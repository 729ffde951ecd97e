using Ensemble.Processes;
using Ensemble.Storage;

namespace Ensemble.Export.Runtime;

/// <summary>Finds an ONNX Runtime on this machine, or fetches one into a cache.</summary>
/// <remarks>
/// In this order: what an earlier call fetched; Python's, where <c>python3</c> has it; npm's onnxruntime-node, fetched once
/// by npm at a pinned version, every package held against the SHA-512 in package-lock.json, no install script run. The cache
/// is <c>$XDG_CACHE_HOME/ensemble</c>, else <c>~/.cache/ensemble</c>; deleting it is always safe.
/// </remarks>
internal sealed class OnnxRuntimes
{
    /// <summary>The pinned version of onnxruntime-node, as in package.json beside this file.</summary>
    public const string NodeVersion = "1.30.0";

    private static readonly TimeSpan s_questionLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_fetchLimit = TimeSpan.FromMinutes(10);

    /// <summary>Where a fetched runtime lies.</summary>
    public string CacheFolder { get; init; } = DefaultCacheFolder();

    /// <summary>The programs that are asked.</summary>
    public string Node { get; init; } = "node";

    /// <summary>Fetches packages.</summary>
    public string Npm { get; init; } = "npm";

    /// <summary>The Python that may have a runtime.</summary>
    public string Python { get; init; } = "python3";

    /// <summary>Whether a runtime may be fetched.</summary>
    public bool MayFetch { get; init; } = true;

    private string NodeFolder => Path.Combine(CacheFolder, $"onnxruntime-node-{NodeVersion}");

    private string NodeModule => Path.Combine(NodeFolder, "node_modules", "onnxruntime-node");

    /// <summary>Finds or fetches a runtime.</summary>
    /// <param name="announce">Told, in one line, before something is fetched.</param>
    /// <param name="reason">Why there is none.</param>
    /// <returns>The runtime, or null.</returns>
    public IOnnxRuntime? Find(Action<string> announce, out string? reason)
    {
        reason = null;
        var hasNode = Ask(Node, "--version") is not null;
        if (hasNode && Directory.Exists(NodeModule))
        {
            return NodeRuntime();
        }

        if (Ask(Python, "-c", "import numpy, onnxruntime; print(onnxruntime.__version__)") is { } version)
        {
            return new ScriptedRuntime($"onnxruntime {version} (Python)", Python, "run-onnx.py", null);
        }

        reason = (hasNode, MayFetch) switch
        {
            (false, _) => "neither python3 with onnxruntime nor node is on this machine",
            (_, false) => $"no onnxruntime-node in {CacheFolder}",
            _ => Fetch(announce),
        };
        return reason is null ? NodeRuntime() : null;
    }

    private static string DefaultCacheFolder()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        var root = string.IsNullOrWhiteSpace(cache)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache")
            : cache;
        return Path.Combine(root, "ensemble");
    }

    private ScriptedRuntime NodeRuntime() => new($"onnxruntime-node {NodeVersion}", Node, "run-onnx.cjs", NodeModule);

    private static string? Ask(string program, params string[] arguments) =>
        ChildProcess.Run(program, arguments, null, s_questionLimit) is { ExitCode: 0 } answer ? answer.Output.Trim() : null;

    // Into a folder of its own, which gets its name when it is whole: a killed or a second fetch leaves no half of one.
    private string? Fetch(Action<string> announce)
    {
        announce($"fetching onnxruntime-node {NodeVersion} by npm, once, into {CacheFolder} (about 100 MB)");
        var staging = Path.Combine(CacheFolder, $".fetch-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(staging);
            foreach (var name in new[] { "package.json", "package-lock.json" })
            {
                File.WriteAllText(Path.Combine(staging, name), ScriptedRuntime.Resource(name));
            }

            var ended = ChildProcess.Run(Npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], staging, s_fetchLimit);
            if (ended is not { ExitCode: 0 })
            {
                return ended is { } failed ? $"npm could not fetch onnxruntime-node ({Describe(failed.Error)})" : "node is here, but no npm to fetch onnxruntime-node with";
            }

            RemoveOtherSystems(Path.Combine(staging, "node_modules", "onnxruntime-node", "bin"));
            Publish(staging);
            return null;
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            return $"{CacheFolder} cannot hold onnxruntime-node ({exception.Message})";
        }
        finally
        {
            RemoveFolder(staging);
        }
    }

    // Somebody else may have been faster; theirs is the same.
    private void Publish(string staging)
    {
        if (!Directory.Exists(NodeFolder))
        {
            Directory.Move(staging, NodeFolder);
        }
    }

    // The package carries every system's libraries: five sixths of it are of no use here.
    private static void RemoveOtherSystems(string binaries)
    {
        var own = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        foreach (var folder in Directory.GetDirectories(binaries).SelectMany(Directory.GetDirectories).Where(folder => Path.GetFileName(folder) != own))
        {
            RemoveFolder(folder);
        }
    }

    private static void RemoveFolder(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            // It was renamed, or it stays: neither changes what was asked for.
        }
    }

    private static string Describe(string error) =>
        error.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("npm error", StringComparison.OrdinalIgnoreCase)) ?? "npm ended with a fault";
}
