using Ensemble.Export.Runtime;
using Ensemble.Storage;
using Ensemble.Tests.Data;

namespace Ensemble.Tests.Export;

public sealed class OnnxRuntimesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_MachineWithoutInterpreters_GivesTheReason()
    {
        var none = new OnnxRuntimes { Node = "no-such-node", Python = "no-such-python", CacheFolder = _folder.FullPath };

        Assert.Null(none.Find(_ => Assert.Fail("nothing is to be fetched"), out var reason));
        Assert.Contains("neither python3", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FetchNotAllowed_GivesTheReason()
    {
        var none = new OnnxRuntimes { Node = Program("node", "exit 0"), Python = "no-such-python", CacheFolder = _folder.FullPath, MayFetch = false };

        Assert.Null(none.Find(_ => Assert.Fail("nothing is to be fetched"), out var reason));
        Assert.Contains(_folder.FullPath, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NpmThatFails_GivesItsReasonAndLeavesNothing()
    {
        var cache = Path.Combine(_folder.FullPath, "cache");
        var announced = new List<string>();
        var none = new OnnxRuntimes
        {
            Node = Program("node", "exit 0"),
            Npm = Program("npm", "echo 'npm error code EINTEGRITY' >&2; exit 1"),
            Python = "no-such-python",
            CacheFolder = cache,
        };

        Assert.Null(none.Find(announced.Add, out var reason));
        Assert.Contains("EINTEGRITY", reason, StringComparison.Ordinal);
        Assert.Single(announced);
        Assert.Empty(Directory.EnumerateFileSystemEntries(cache));
    }

    [Fact]
    public void Find_NpmThatFetches_IsUsedFromTheCacheAfterwards()
    {
        var cache = Path.Combine(_folder.FullPath, "cache");
        // What npm ci would leave; that the lock file came along is asked too.
        var npm = Program("npm", "grep -q sha512- package-lock.json || exit 1\nmkdir -p node_modules/onnxruntime-node/bin/napi-v6/linux/x64 node_modules/onnxruntime-node/bin/napi-v6/win32/x64");
        var first = new OnnxRuntimes { Node = Program("node", "exit 0"), Npm = npm, Python = "no-such-python", CacheFolder = cache };
        var later = new OnnxRuntimes { Node = Program("node", "exit 0"), Npm = "no-such-npm", Python = "no-such-python", CacheFolder = cache };

        Assert.Equal("onnxruntime-node 1.30.0", first.Find(_ => { }, out _)?.Name);
        Assert.Equal("onnxruntime-node 1.30.0", later.Find(_ => Assert.Fail("it is there"), out _)?.Name);
        Assert.False(Directory.Exists(Path.Combine(cache, "onnxruntime-node-1.30.0", "node_modules", "onnxruntime-node", "bin", "napi-v6", OperatingSystem.IsLinux() ? "win32" : "linux")));
    }

    [Fact]
    public void Run_ModelThatTheRuntimeRefuses_IsAFaultWithItsWords()
    {
        var runtime = ExportBench.RequireRuntime();
        var model = _folder.Write("broken.onnx", [1, 2, 3]);

        var fault = Assert.Throws<RuntimeFaultException>(() => runtime.Run(new RuntimeRequest
        {
            Model = model,
            Dtype = SafetensorsDtype.U8,
            Shape = [1, 1, 1, 1],
            Pixels = new byte[1],
            Threads = 1,
        }));

        Assert.Equal(runtime.Name, fault.Runtime);
    }

    private string Program(string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script stands for the program");
        var path = _folder.Write(Path.Combine("bin", name), System.Text.Encoding.UTF8.GetBytes($"#!/bin/sh\n{script}\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
