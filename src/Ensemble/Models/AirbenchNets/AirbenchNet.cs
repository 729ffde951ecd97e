using Ensemble.Acceleration;
using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.AirbenchNets;

/// <summary>The network of airbench94: a frozen whitening convolution, three groups, the map's maximum, a scaled linear head.</summary>
internal sealed class AirbenchNet : torch.nn.Module<torch.Tensor, torch.Tensor>, IDataInitialised, IStagedNetwork, IGraphSource
{
    private const int WhiteningSide = 2;
    private const double LogitScale = 1.0 / 9;

    private static readonly int[] s_channels = [64, 256, 256];

    private readonly Conv2d whiten;
    private readonly Sequential layers;
    private readonly Linear head;

    /// <param name="width">Multiplies 64, 256 and 256 channels.</param>
    /// <param name="inputChannels">Channels of the images.</param>
    /// <param name="classCount">Number of logits.</param>
    public AirbenchNet(double width, int inputChannels, int classCount)
        : base(nameof(AirbenchNet))
    {
        var patchLength = inputChannels * WhiteningSide * WhiteningSide;
        var channels = s_channels.Select(count => Math.Max(1, (int)Math.Round(count * width))).ToArray();
        whiten = torch.nn.Conv2d(inputChannels, 2 * patchLength, WhiteningSide);
        whiten.weight.requires_grad = false;
        torch.nn.init.zeros_(whiten.bias!).Dispose();
        layers = torch.nn.Sequential(
            torch.nn.GELU(),
            new AirbenchGroup(2 * patchLength, channels[0]),
            new AirbenchGroup(channels[0], channels[1]),
            new AirbenchGroup(channels[1], channels[2]));
        head = torch.nn.Linear(channels[2], classCount, hasBias: false);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public void InitialiseFrom(torch.Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        whiten.weight.copy_(PatchWhitening.Filters(images, WhiteningSide));
    }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkStage> Stages => 
        [.. layers.named_children().Skip(1).Select(child => new NetworkStage($"{nameof(layers)}.{child.name}", (AirbenchGroup)child.module))];

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var features = FusedGelu.Call(whiten.call(input));
        foreach (var group in layers.children().Skip(1))
        {
            features = ((AirbenchGroup)group).call(features);
        }

        var shape = features.shape;
        // airbench94's 3x3 pool of the 3x3 map that 32 pixels leave, for any size of map.
        features = torch.nn.functional.max_pool2d(features, [shape[2], shape[3]]);
        return head.call(features.flatten(1)).mul_(LogitScale).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input) =>
        graph.Multiply(graph.Apply(graph.Flatten(graph.GlobalMax(graph.Apply(input, whiten, layers))), head), LogitScale);
}
