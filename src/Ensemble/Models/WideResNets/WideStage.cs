using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.WideResNets;

/// <summary>Blocks of one width, the first of which may halve the map.</summary>
internal sealed class WideStage : torch.nn.Module<torch.Tensor, torch.Tensor>, IGraphSource
{
    private readonly Sequential layer;

    public WideStage(int inputChannels, int channels, int blocks, int stride)
        : base(nameof(WideStage))
    {
        layer = torch.nn.Sequential(Enumerable.Range(0, blocks).Select(torch.nn.Module<torch.Tensor, torch.Tensor> (position) =>
            new WideBlock(position == 0 ? inputChannels : channels, channels, position == 0 ? stride : 1)));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input) => layer.call(input);

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input) => graph.Apply(input, layer);
}
