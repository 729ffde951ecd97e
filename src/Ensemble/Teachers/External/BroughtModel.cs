using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Storage;
using TorchSharp;

namespace Ensemble.Teachers.External;

/// <summary>A trained network that was brought along to teach: a folder of a run, or weights from elsewhere.</summary>
public sealed class BroughtModel : IDisposable
{
    // As the views' renderer has it.
    private const double SmallestDeviation = 1e-6;

    private BroughtModel(
        string source, string architecture, torch.nn.Module<torch.Tensor, torch.Tensor> network, string weightsSha256, ChannelStatistics own, ModelRecord? record)
    {
        Source = source;
        Architecture = architecture;
        Network = network;
        WeightsSha256 = weightsSha256;
        Normalisation = own;
        Record = record;
        Identity = CanonicalJson.Hash(new { Weights = weightsSha256, Normalisation = own });
    }

    /// <summary>The folder or the file.</summary>
    public string Source { get; }

    /// <summary>The architecture's name.</summary>
    public string Architecture { get; }

    /// <summary>
    /// From [N, C, H, W] float32, normalised as the data set is, to [N, classes] logits, on the CPU. Images are brought to the
    /// normalisation that the network was trained with on the way.
    /// </summary>
    public torch.nn.Module<torch.Tensor, torch.Tensor> Network { get; }

    /// <summary>The SHA-256 of the weights' file.</summary>
    public string WeightsSha256 { get; }

    /// <summary>The hash of weights and normalisation: what its answers depend on. Soft targets are keyed by it.</summary>
    public string Identity { get; }

    /// <summary>The normalisation that the network was trained with.</summary>
    public ChannelStatistics Normalisation { get; }

    /// <summary>The model.json; null for bare weights.</summary>
    public ModelRecord? Record { get; }

    /// <summary>Reads a folder with model.json and model.safetensors, such as teachers/0 of a run.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="models">The architectures by name.</param>
    /// <param name="data">The images that it is to teach on.</param>
    /// <param name="normalisation">How these images will be normalised.</param>
    /// <returns>The model, which the caller disposes.</returns>
    /// <exception cref="DataFaultException">Files are missing or damaged, or the model is of other images, channels or classes.</exception>
    /// <exception cref="UnknownNameException">The architecture is unknown.</exception>
    public static BroughtModel ReadFolder(string folder, ModelRegistry models, ImageDataset data, ChannelStatistics normalisation)
    {
        var record = ModelFile.Read(folder);
        RequireFit(Path.Combine(folder, ModelFile.RecordName), record, data);
        var own = new ChannelStatistics { Mean = record.Mean, StandardDeviation = record.Std };
        var weights = ModelFile.ReadWeights(folder);
        var path = Path.Combine(folder, ModelFile.WeightsName);
        var network = Create(path, weights, record.Architecture, models, data, normalisation, own);
        return new BroughtModel(folder, record.Architecture, network, record.WeightsSha256, own, record);
    }

    /// <summary>Reads a .safetensors file with PyTorch's state_dict names.</summary>
    /// <param name="path">The file.</param>
    /// <param name="architecture">The architecture's name, which the file does not tell.</param>
    /// <param name="models">The architectures by name.</param>
    /// <param name="data">The images that it is to teach on; its classes must be the data's, in the same order.</param>
    /// <param name="normalisation">How these images will be normalised.</param>
    /// <param name="own">The normalisation that it was trained with; null for the data's.</param>
    /// <returns>The model, which the caller disposes.</returns>
    /// <exception cref="DataFaultException">The file is missing or damaged, or a tensor is missing, foreign or of another shape; it is named.</exception>
    /// <exception cref="UnknownNameException">The architecture is unknown.</exception>
    /// <exception cref="ArgumentException">The own normalisation has another number of channels, or a deviation that is not above 0.</exception>
    public static BroughtModel ReadWeights(
        string path, string architecture, ModelRegistry models, ImageDataset data, ChannelStatistics normalisation, ChannelStatistics? own = null)
    {
        var trained = own ?? normalisation;
        if (trained.Mean.Count != data.Shape.Channels || trained.StandardDeviation.Count != data.Shape.Channels || !trained.StandardDeviation.All(value => value > 0))
        {
            throw new ArgumentException($"must have a mean and a deviation above 0 for each of {data.Shape.Channels} channels", nameof(own));
        }

        var network = Create(path, SafetensorsFile.Read(path), architecture, models, data, normalisation, trained);
        return new BroughtModel(path, architecture, network, FileChecksum.Sha256(path), trained, null);
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(
        string path,
        SafetensorsContent weights,
        string architecture,
        ModelRegistry models,
        ImageDataset data,
        ChannelStatistics normalisation,
        ChannelStatistics own)
    {
        var network = models.Create(architecture, data.Shape, data.ClassCount, 0);
        try
        {
            StateTensors.Import(network, weights, path);
        }
        catch
        {
            network.Dispose();
            throw;
        }

        // As the views' renderer has it: a channel that never varies.
        own = new ChannelStatistics { Mean = own.Mean, StandardDeviation = [.. own.StandardDeviation.Select(value => Math.Max(value, SmallestDeviation))] };
        normalisation = new ChannelStatistics { Mean = normalisation.Mean, StandardDeviation = [.. normalisation.StandardDeviation.Select(value => Math.Max(value, SmallestDeviation))] };
        var isSame = own.Mean.SequenceEqual(normalisation.Mean) && own.StandardDeviation.SequenceEqual(normalisation.StandardDeviation);
        return isSame ? network : new RenormalisedNetwork(network, normalisation, own);
    }

    private static void RequireFit(string path, ModelRecord record, ImageDataset data)
    {
        var shape = new ImageShape(record.InputShape.Channels, record.InputShape.Height, record.InputShape.Width);
        if (shape != data.Shape)
        {
            throw new DataFaultException(path, $"a model of images of {data.Shape}", $"one of {shape}", $"take a model of the same image shape, or bring the images to its size (--image-size {shape.Height})");
        }

        if (record.ClassNames.Count != data.ClassCount)
        {
            throw new DataFaultException(path, $"a model of {data.ClassCount} classes", $"one of {record.ClassNames.Count}: {string.Join(", ", record.ClassNames.Take(10).Select(name => $"'{name}'"))}{(record.ClassNames.Count > 10 ? ", ..." : "")}", "take a model of the same classes, or images of its classes (to teach, of all of them), named as it names them");
        }

        foreach (var (name, label) in record.ClassNames.Select((name, label) => (name, label)))
        {
            if (name != data.ClassNames[label])
            {
                throw new DataFaultException(
                    path,
                    $"class {label} to be '{data.ClassNames[label]}'",
                    $"'{name}'",
                    "take a model of the same classes; if only the names differ, bring model.safetensors with the architecture's name and the mean and deviation of model.json");
            }
        }
    }
}
