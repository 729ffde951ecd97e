using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Runs;
using TorchSharp;

namespace Ensemble.Export;

/// <summary>A trained model's folder, read: the network with its weights, on the CPU and in eval mode, and what belongs to it.</summary>
internal sealed class TrainedClassifier : IDisposable
{
    private TrainedClassifier(ModelRecord record, torch.nn.Module<torch.Tensor, torch.Tensor> network)
    {
        Record = record;
        Network = network;
    }

    /// <summary>The model.json.</summary>
    public ModelRecord Record { get; }

    /// <summary>From [N, C, H, W] normalised images to [N, classes] logits.</summary>
    public torch.nn.Module<torch.Tensor, torch.Tensor> Network { get; }

    /// <summary>The images that it takes.</summary>
    public ImageShape Shape => new(Record.InputShape.Channels, Record.InputShape.Height, Record.InputShape.Width);

    /// <summary>Reads a folder with model.json and model.safetensors.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="models">The architectures by name.</param>
    /// <exception cref="EnsembleException">The folder holds no model, a damaged one, or one of an unknown architecture.</exception>
    public static TrainedClassifier Load(string folder, ModelRegistry models)
    {
        var weights = ModelFile.ReadWeights(folder);
        var record = ModelFile.Read(folder);
        if (record.ClassNames.Count < 2)
        {
            throw new DataFaultException(Path.Combine(folder, ModelFile.RecordName), "at least 2 classes", $"{record.ClassNames.Count}", "train the model again");
        }

        var shape = new ImageShape(record.InputShape.Channels, record.InputShape.Height, record.InputShape.Width);
        var network = models.Create(record.Architecture, shape, record.ClassNames.Count, 0);
        try
        {
            StateTensors.Import(network, weights, Path.Combine(folder, ModelFile.WeightsName));
            ChannelsLast.ConvertWeights(network);
            network.eval();
            return new TrainedClassifier(record, network);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
