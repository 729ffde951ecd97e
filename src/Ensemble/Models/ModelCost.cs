using Ensemble.Data;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Models;

/// <summary>What a network costs to keep and to run.</summary>
public sealed record ModelCost
{
    /// <summary>Numbers in the parameters, those of a frozen layer too; no running statistics.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiply-adds of the convolutions and linear layers for one image.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>Counts by running one blank image through the network and reading each layer's output shape.</summary>
    /// <param name="network">A module from [N, C, H, W] to [N, classes]; its mode and weights are as before afterwards.</param>
    /// <param name="input">The images' shape.</param>
    public static ModelCost Measure(torch.nn.Module<torch.Tensor, torch.Tensor> network, ImageShape input)
    {
        var wasTraining = network.training;
        var device = network.parameters().First().device;
        long multiplyAdds = 0;
        var removers = new List<Action>();
        foreach (var layer in network.modules().OfType<torch.nn.Module<torch.Tensor, torch.Tensor>>())
        {
            if (MultiplyAddsPerOutput(layer) is not { } perOutput)
            {
                continue;
            }

            var hook = layer.register_forward_hook((_, _, output) =>
            {
                multiplyAdds += perOutput * output.numel();
                return output;
            });
            removers.Add(hook.remove);
        }

        network.eval();
        using (torch.no_grad())
        using (torch.NewDisposeScope())
        {
            network.call(torch.zeros([1, input.Channels, input.Height, input.Width], device: device));
        }

        removers.ForEach(remove => remove());
        network.train(wasTraining);
        return new ModelCost { Parameters = network.parameters().Sum(parameter => parameter.numel()), MultiplyAdds = multiplyAdds };
    }

    private static long? MultiplyAddsPerOutput(torch.nn.Module layer) => layer switch
    {
        Conv2d convolution => convolution.in_channels / convolution.groups * convolution.kernel_size[0] * convolution.kernel_size[1],
        Linear linear => linear.in_features,
        _ => null,
    };
}
