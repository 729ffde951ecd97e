using Ensemble.Data;
using Ensemble.Models;
using TorchSharp;

namespace Ensemble.Training;

/// <summary>Keeps the maps of some of a network's stages as it is called.</summary>
internal sealed class StageRecorder : IDisposable
{
    private readonly torch.Tensor?[] _maps;
    private readonly List<Action> _removers = [];

    /// <summary>Watches stages until it is disposed.</summary>
    /// <param name="network">A network with stages.</param>
    /// <param name="stages">Places of its stages, from 0.</param>
    public StageRecorder(torch.nn.Module network, IReadOnlyList<int> stages)
    {
        var all = StagesOf(network, network.GetName());
        _maps = new torch.Tensor?[stages.Count];
        foreach (var (stage, place) in stages.Select((stage, place) => (all[stage], place)))
        {
            var hook = stage.Module.register_forward_hook((_, _, output) =>
            {
                _maps[place]?.Dispose();
                // The network's own scopes dispose its output; this handle shares its memory and its place on the tape.
                _maps[place] = output.alias().DetachFromDisposeScope();
                return output;
            });
            _removers.Add(hook.remove);
        }
    }

    /// <summary>The shapes of a network's maps, from one blank image.</summary>
    /// <param name="network">Its mode and weights are as before afterwards.</param>
    /// <param name="subject">Whose network it is, for the message.</param>
    /// <param name="images">The shape of the images.</param>
    /// <exception cref="FeatureFaultException">The network has no stages.</exception>
    public static IReadOnlyList<StageShape> Shapes(torch.nn.Module<torch.Tensor, torch.Tensor> network, string subject, ImageShape images)
    {
        var stages = StagesOf(network, subject);
        var wasTraining = network.training;
        network.eval();
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        using var recorder = new StageRecorder(network, [.. Enumerable.Range(0, stages.Count)]);
        network.call(torch.zeros([1, images.Channels, images.Height, images.Width], device: network.parameters().First().device));
        network.train(wasTraining);
        return [.. recorder.Take().Select((map, place) => new StageShape(stages[place].Name, (int)map.size(1), (int)map.size(2), (int)map.size(3)))];
    }

    /// <summary>Hands out the maps of the last call.</summary>
    /// <returns>[B, C, H, W] float32 for each stage; the caller's dispose scope owns them.</returns>
    public IReadOnlyList<torch.Tensor> Take()
    {
        var taken = new torch.Tensor[_maps.Length];
        for (var place = 0; place < taken.Length; place++)
        {
            using var map = _maps[place] ?? throw new InvalidOperationException("the network was not called since");
            _maps[place] = null;
            var shared = map.alias();
            taken[place] = shared.dtype == torch.ScalarType.Float32 ? shared : shared.to(torch.ScalarType.Float32);
        }

        return taken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _removers.ForEach(remove => remove());
        foreach (var map in _maps)
        {
            map?.Dispose();
        }
    }

    private static IReadOnlyList<NetworkStage> StagesOf(torch.nn.Module network, string subject) =>
        network is IStagedNetwork { Stages: { Count: > 0 } stages } ? stages : throw FeatureFaultException.WithoutStages(subject);
}
