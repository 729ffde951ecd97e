using Ensemble.Data;
using Ensemble.Models;
using TorchSharp;

namespace Ensemble.Teachers.External;

/// <summary>A network behind the change from one normalisation of its images to another.</summary>
/// <remarks>(x - m') / s' = ((x - m) / s) (s / s') + (m - m') / s', m and s being the data's and m', s' the network's own.</remarks>
internal sealed class RenormalisedNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>, IStagedNetwork
{
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> network;
    private readonly torch.Tensor scale;
    private readonly torch.Tensor shift;

    /// <param name="network">The network; owned by this from now on.</param>
    /// <param name="data">How the images that come are normalised.</param>
    /// <param name="own">How the network wants them.</param>
    public RenormalisedNetwork(torch.nn.Module<torch.Tensor, torch.Tensor> network, ChannelStatistics data, ChannelStatistics own)
        : base(nameof(RenormalisedNetwork))
    {
        this.network = network;
        scale = PerChannel(data.StandardDeviation.Zip(own.StandardDeviation, (from, to) => from / to));
        shift = PerChannel(data.Mean.Zip(own.Mean, (from, to) => from - to).Zip(own.StandardDeviation, (difference, to) => difference / to));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public IReadOnlyList<NetworkStage> Stages => network is IStagedNetwork staged
        ? [.. staged.Stages.Select(stage => stage with { Name = $"{nameof(network)}.{stage.Name}" })]
        : [];

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        return network.call((input * scale) + shift).MoveToOuterDisposeScope();
    }

    private static torch.Tensor PerChannel(IEnumerable<double> values)
    {
        float[] numbers = [.. values.Select(value => (float)value)];
        return torch.tensor(numbers, [1, numbers.Length, 1, 1]);
    }
}
