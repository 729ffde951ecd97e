using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ensemble.Processes;
using Ensemble.Storage;

namespace Ensemble.Export.Runtime;

/// <summary>ONNX Runtime through a script of ours that another language's interpreter runs.</summary>
internal sealed class ScriptedRuntime : IOnnxRuntime
{
    private const int Batch = 128;
    private const int Warmups = 3;
    private const int Passes = 15;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);

    private readonly string _interpreter;
    private readonly string _script;
    private readonly string? _module;

    /// <param name="name">The runtime's name and version.</param>
    /// <param name="interpreter">The interpreter's program.</param>
    /// <param name="script">The embedded script's name, <c>run-onnx.cjs</c> or <c>run-onnx.py</c>.</param>
    /// <param name="module">The folder of the module that the script loads; null where the interpreter finds it.</param>
    public ScriptedRuntime(string name, string interpreter, string script, string? module)
    {
        Name = name;
        _interpreter = interpreter;
        _script = script;
        _module = module;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The text of an embedded file of this folder.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(ScriptedRuntime).Assembly.GetManifestResourceStream($"Ensemble.Export.Runtime.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <inheritdoc/>
    public RuntimeAnswer Run(RuntimeRequest request)
    {
        var folder = Directory.CreateTempSubdirectory("ensemble-onnx-");
        try
        {
            return Run(request, folder.FullName);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(folder.FullName, exception);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private RuntimeAnswer Run(RuntimeRequest request, string folder)
    {
        var (script, input, output, asked) = (Path.Combine(folder, _script), Path.Combine(folder, "input"), Path.Combine(folder, "output"), Path.Combine(folder, "request.json"));
        File.WriteAllText(script, Resource(_script));
        using (var stream = File.Create(input))
        {
            stream.Write(request.Pixels.Span);
        }

        File.WriteAllText(asked, JsonSerializer.Serialize(new
        {
            module = _module,
            model = Path.GetFullPath(request.Model),
            input,
            output,
            type = request.Dtype == SafetensorsDtype.U8 ? "uint8" : "float32",
            shape = request.Shape,
            batch = Batch,
            threads = request.Threads,
            latencyBatches = request.LatencyBatches,
            warmups = Warmups,
            passes = Passes,
        }));
        var ended = ChildProcess.Run(_interpreter, [script, asked], folder, s_limit) ?? (-1, string.Empty, "the interpreter is gone");
        if (ended.ExitCode != 0)
        {
            throw new RuntimeFaultException(Name, LastLine(ended.Error));
        }

        var latency = JsonNode.Parse(ended.Output)!["latency"]!.AsObject()
            .ToDictionary(pair => int.Parse(pair.Key, CultureInfo.InvariantCulture), pair => pair.Value!.GetValue<double>());
        return new RuntimeAnswer(MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(output)).ToArray(), latency);
    }

    private static string LastLine(string text) => text.Trim().Split('\n')[^1].Trim() is { Length: > 0 } line ? line : "nothing";
}
