using System.Text.Json;
using TorchSharp;

namespace Ensemble.Tests.Oracle;

/// <summary>The files that make_fixtures.py wrote; no test writes them, and a missing one fails.</summary>
internal static class PyTorchFixture
{
    private static readonly JsonSerializerOptions s_camelCase = new(JsonSerializerDefaults.Web);

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Oracle", name);

    public static T Read<T>(string name) => JsonSerializer.Deserialize<T>(File.ReadAllBytes(PathOf(name)), s_camelCase)!;

    /// <summary>A tensor's values in row-major order, whatever its layout.</summary>
    public static float[] Values(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return tensor.detach().to(torch.ScalarType.Float32).contiguous().data<float>().ToArray();
    }

    /// <summary>Holds every value within a tolerance that is relative above 1 and absolute below.</summary>
    public static void Near(IReadOnlyList<float> expected, IReadOnlyList<float> actual, double tolerance, string what = "values")
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var index = 0; index < expected.Count; index++)
        {
            var difference = Math.Abs((double)expected[index] - actual[index]);
            Assert.True(
                difference <= tolerance * Math.Max(1, Math.Abs(expected[index])),
                $"{what}[{index}]: expected {expected[index]:R}, got {actual[index]:R}");
        }
    }
}
