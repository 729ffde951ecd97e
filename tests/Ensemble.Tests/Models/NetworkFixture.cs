using System.Text.Json;
using Ensemble.Data;
using Ensemble.Models;
using TorchSharp;

namespace Ensemble.Tests.Models;

/// <summary>What PyTorch's twin of one architecture answered: a record of fixtures/networks.json.</summary>
public sealed record NetworkFixture
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<IReadOnlyDictionary<string, NetworkFixture>> s_all = new(() =>
        JsonSerializer.Deserialize<FixtureDocument>(File.ReadAllText(PathOf("networks.json")), s_json)!
            .Networks.ToDictionary(fixture => fixture.Key));

    public required string Architecture { get; init; }

    public required int[] Input { get; init; }

    public required int Classes { get; init; }

    public required double Gain { get; init; }

    /// <summary>Of the first two images, in eval mode.</summary>
    public required double[][] Logits { get; init; }

    /// <summary>Every 97th element of the gradient of the weighted sum of those logits by the images.</summary>
    public double[]? Gradient { get; init; }

    /// <summary>Of all four images, in train mode.</summary>
    public double[][]? TrainingLogits { get; init; }

    /// <summary>Of the first two images, in eval mode, with the running statistics of that one pass in train mode.</summary>
    public double[][]? LogitsAfterTraining { get; init; }

    public string Key => $"{Architecture} at {Shape}";

    public ImageShape Shape => new(Input[0], Input[1], Input[2]);

    public static IReadOnlyDictionary<string, NetworkFixture> All => s_all.Value;

    public static TheoryData<string> Keys(Func<NetworkFixture, bool> wanted) => [.. All.Values.Where(wanted).Select(fixture => fixture.Key)];

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Models", "fixtures", name);

    /// <summary>The network with the formula's weights, in eval mode; the caller disposes it.</summary>
    public torch.nn.Module<torch.Tensor, torch.Tensor> CreateNetwork()
    {
        var network = ModelRegistry.CreateDefault().Create(Architecture, Shape, Classes, seed: 1);
        FormulaWeights.Fill(network, Gain);
        network.eval();
        return network;
    }

    private sealed record FixtureDocument(NetworkFixture[] Networks);
}
