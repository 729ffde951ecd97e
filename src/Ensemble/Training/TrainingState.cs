using System.Text;
using Ensemble.Models;
using Ensemble.Storage;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Training;

/// <summary>All that a training changes: what a checkpoint must hold to go on to the same bits.</summary>
internal sealed class TrainingState : IDisposable
{
    private const string ModelPrefix = "model.";
    private const string AdaptersPrefix = "adapters.";
    private const string TrailPrefix = "trail.";
    private const string OptimizerName = "optimizer";

    private readonly torch.nn.Module _network;
    private readonly torch.nn.Module? _adapters;
    private readonly WeightTrail? _trail;
    private readonly double _maxNorm;

    /// <param name="network">What is trained; the caller owns it.</param>
    /// <param name="adapters">What is trained beside it; null for nothing. The caller owns it.</param>
    /// <param name="options">How.</param>
    public TrainingState(torch.nn.Module network, torch.nn.Module? adapters, TrainingOptions options)
    {
        _network = network;
        _adapters = adapters;
        _maxNorm = options.MaxNorm;
        Optimizer = Optimizers.Create(network.parameters().Concat(adapters?.parameters() ?? []), options);
        _trail = WeightTrail.Create(network, options);
    }

    /// <summary>Takes the steps.</summary>
    public torch.optim.Optimizer Optimizer { get; }

    /// <summary>What follows every step of the optimiser.</summary>
    /// <param name="step">The step, from 0.</param>
    public void AfterStep(long step)
    {
        if (_maxNorm > 0)
        {
            MaxNorm.Apply(_network.parameters(), _maxNorm);
        }

        _trail?.AfterStep(step);
    }

    /// <summary>What follows the last step.</summary>
    /// <param name="steps">Steps of the whole run.</param>
    /// <exception cref="TrainingFaultException">The last step made a weight or a statistic that is not finite.</exception>
    public void Finish(long steps)
    {
        _trail?.Finish(steps);
        using var guard = torch.no_grad();
        foreach (var (name, value) in _network.state_dict())
        {
            using var scope = torch.NewDisposeScope();
            if (value.is_floating_point() && !value.isfinite().all().item<bool>())
            {
                throw new TrainingFaultException(name, double.NaN, 0, steps - 1);
            }
        }
    }

    /// <summary>Copies the state.</summary>
    /// <param name="log">Where the log stands.</param>
    public Checkpoint ToCheckpoint(TrainingLogState log)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            ((OptimizerHelper)Optimizer).save_state_dict(writer);
        }

        var bytes = memory.ToArray();
        return new Checkpoint
        {
            Log = log,
            Tensors = [.. StateTensors.Export(Tensors()), new TensorRecord(OptimizerName, SafetensorsDtype.U8, [bytes.Length], bytes)],
        };
    }

    /// <summary>Takes a state over.</summary>
    /// <param name="checkpoint">A state of the same recipe.</param>
    /// <param name="path">Where it was read, for the message.</param>
    /// <exception cref="DataFaultException">The tensors are not those of this training.</exception>
    public void Restore(Checkpoint checkpoint, string path)
    {
        var optimizer = checkpoint.Tensors.FirstOrDefault(record => record.Name == OptimizerName)
            ?? throw new DataFaultException(path, "the optimiser's memory", "none", "delete it: the stage then begins anew");
        StateTensors.Import(
            Tensors().ToDictionary(found => found.Name, found => found.Value),
            [.. checkpoint.Tensors.Where(record => record.Name != OptimizerName)],
            path);
        using var reader = new BinaryReader(new MemoryStream(optimizer.Data.ToArray()));
        try
        {
            ((OptimizerHelper)Optimizer).load_state_dict(reader);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new DataFaultException(path, "the optimiser's memory", exception.Message, "delete it: the stage then begins anew", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trail?.Dispose();
        Optimizer.Dispose();
    }

    private IEnumerable<(string Name, torch.Tensor Value)> Tensors() =>
        _network.state_dict().Select(found => (ModelPrefix + found.Key, found.Value))
            .Concat(_adapters?.state_dict().Select(found => (AdaptersPrefix + found.Key, found.Value)) ?? [])
            .Concat(_trail?.Tensors.Select(found => (TrailPrefix + found.Name, found.Value)) ?? []);
}
