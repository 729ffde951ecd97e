using System.Text.Json;
using TorchSharp.Modules;

namespace TorchSharp.Tests.optim;

/// <summary>What PyTorch did with fixed gradients and schedules: fixtures.json, written by make_fixtures.py, only read here.</summary>
internal static class PyTorchValues
{
    private static readonly JsonElement s_root =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "optim", "fixtures.json"))).RootElement;

    private static readonly long[][] s_shapes = s_root.GetProperty("shapes").Deserialize<long[][]>()!;

    private static readonly float[][] s_initial = s_root.GetProperty("initial").Deserialize<float[][]>()!;

    private static readonly int[] s_gaps = s_root.GetProperty("gaps").Deserialize<int[]>()!;

    /// <summary>The gradients: step, parameter, values.</summary>
    internal static float[][][] Gradients { get; } = s_root.GetProperty("gradients").Deserialize<float[][][]>()!;

    /// <summary>The names of the cases of one optimiser.</summary>
    internal static TheoryData<string> Names(string kind) =>
        [.. s_root.GetProperty("optimizers").EnumerateArray().Where(c => c.GetProperty("kind").GetString() == kind).Select(c => c.GetProperty("name").GetString()!)];

    internal static JsonElement Case(string kind, string name) => Find("optimizers", kind, name);

    internal static JsonElement Schedule(string kind, string name) => Find("schedules", kind, name);

    internal static IEnumerable<(string Kind, string Name)> Schedules =>
        s_root.GetProperty("schedules").EnumerateArray().Select(c => (c.GetProperty("kind").GetString()!, c.GetProperty("name").GetString()!));

    /// <summary>The two parameters as every case starts with them.</summary>
    internal static Parameter[] Parameters() =>
        [.. s_initial.Zip(s_shapes, (values, shape) =>
        {
            using var data = torch.tensor(values, shape);
            return new Parameter(data);
        })];

    /// <summary>Sets the gradients of one step.</summary>
    internal static void SetGradients(Parameter[] parameters, int step, bool gaps = false)
    {
        for (var k = 0; k < parameters.Length; k++)
        {
            using var gradient = torch.tensor(Gradients[step][k], s_shapes[k]);
            parameters[k].grad = gaps && k == 1 && s_gaps.Contains(step) ? null : gradient;
        }
    }

    /// <summary>A number among the options of a case or group, if it is there.</summary>
    internal static double? Number(this JsonElement options, string name) =>
        options.TryGetProperty(name, out var value) ? value.GetDouble() : null;

    internal static bool? Flag(this JsonElement options, string name) =>
        options.TryGetProperty(name, out var value) ? value.GetBoolean() : null;

    internal static double? Beta(this JsonElement options, int index) =>
        options.TryGetProperty("betas", out var value) ? value[index].GetDouble() : null;

    /// <summary>Takes the steps of a case and holds each parameter against PyTorch's after every step, to float rounding.</summary>
    internal static void AssertFollows(JsonElement expected, Func<Parameter[], torch.optim.Optimizer> make)
    {
        var parameters = Parameters();
        using var optimizer = make(parameters);
        var values = expected.GetProperty("values").Deserialize<float[][][]>()!;
        for (var step = 0; step < values.Length; step++)
        {
            SetGradients(parameters, step, expected.GetProperty("gaps").GetBoolean());
            optimizer.step();
            for (var k = 0; k < parameters.Length; k++) AssertClose(values[step][k], Values(parameters[k]), $"step {step}, parameter {k}");
        }
    }

    internal static float[] Values(torch.Tensor tensor)
    {
        using var off = tensor.detach();
        return off.data<float>().ToArray();
    }

    private static void AssertClose(float[] expected, float[] found, string where)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.True(
                Math.Abs(expected[k] - found[k]) <= 5e-7 * Math.Max(1, Math.Abs(expected[k])),
                $"{where}, value {k}: PyTorch {expected[k]:g9}, found {found[k]:g9}");
        }
    }

    private static JsonElement Find(string list, string kind, string name) =>
        s_root.GetProperty(list).EnumerateArray().Single(c => c.GetProperty("kind").GetString() == kind && c.GetProperty("name").GetString() == name);
}
