using Ensemble.Acceleration;
using Ensemble.Models.Lowering;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models.AirbenchNets;

/// <summary>Two 3x3 convolutions with batch norms and GELU; the map is halved behind the first.</summary>
/// <remarks>Convolutions start near the identity; the norms' scales stay 1, and only their biases are trained.</remarks>
internal sealed class AirbenchGroup : torch.nn.Module<torch.Tensor, torch.Tensor>, IGraphSource
{
    // Of the batch in the running statistics: they follow within a few steps, as a run has only some hundreds.
    private const double Momentum = 0.4;
    private const double Epsilon = 1e-12;

    private readonly Conv2d conv1;
    private readonly MaxPool2d pool;
    private readonly BatchNorm2d norm1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d norm2;
    private readonly GELU activ;

    public AirbenchGroup(int inputChannels, int channels)
        : base(nameof(AirbenchGroup))
    {
        conv1 = Convolution(inputChannels, channels);
        pool = torch.nn.MaxPool2d(2);
        norm1 = Norm(channels);
        conv2 = Convolution(channels, channels);
        norm2 = Norm(channels);
        activ = torch.nn.GELU();
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var features = FusedNorm.Call(norm1, pool.call(conv1.call(input)), Activation.Gelu);
        return FusedNorm.Call(norm2, conv2.call(features), Activation.Gelu).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public GraphEdge Lower(GraphBuilder graph, GraphEdge input) =>
        graph.Apply(input, conv1, pool, norm1, activ, conv2, norm2, activ);

    // The first filters, as many as there are inputs, hand one input on each; the others start at random.
    private static Conv2d Convolution(int inputChannels, int channels)
    {
        var convolution = torch.nn.Conv2d(inputChannels, channels, 3, padding: 1, bias: false);
        using var guard = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var count = Math.Min(inputChannels, channels);
        convolution.weight.narrow(0, 0, count).zero_();
        var centres = convolution.weight.narrow(2, 1, 1).narrow(3, 1, 1);
        for (var channel = 0; channel < count; channel++)
        {
            centres.narrow(0, channel, 1).narrow(1, channel, 1).fill_(1);
        }

        return convolution;
    }

    private static BatchNorm2d Norm(int channels)
    {
        var norm = torch.nn.BatchNorm2d(channels, eps: Epsilon, momentum: Momentum);
        norm.weight!.requires_grad = false;
        return norm;
    }
}
