using Ensemble.Data;
using Ensemble.Export;
using Ensemble.Models;
using TorchSharp;

namespace Ensemble.Classification;

/// <summary>A trained model's folder, answering.</summary>
internal sealed class TrainedNetwork : IAnsweringNetwork
{
    private readonly TrainedClassifier _classifier;
    private readonly torch.Tensor _scale;
    private readonly torch.Tensor _offset;

    /// <param name="folder">The folder with model.json and model.safetensors.</param>
    /// <exception cref="EnsembleException">The folder holds no such model.</exception>
    public TrainedNetwork(string folder)
    {
        _classifier = TrainedClassifier.Load(folder, ModelRegistry.CreateDefault());
        var record = _classifier.Record;
        // As training normalises: ViewRenderer.
        var deviations = record.Std.Select(deviation => Math.Max(deviation, 1e-6)).ToArray();
        _scale = PerChannel(deviations.Select(deviation => 1 / (255 * deviation)));
        _offset = PerChannel(record.Mean.Zip(deviations, (mean, deviation) => -mean / deviation));
    }

    /// <inheritdoc/>
    public ImageShape Shape => _classifier.Shape;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => _classifier.Record.ClassNames;

    /// <inheritdoc/>
    public float[] Answer(ReadOnlyMemory<byte> pixels, int count)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var images = torch.tensor(pixels.ToArray(), [count, Shape.Channels, Shape.Height, Shape.Width]).to(torch.ScalarType.Float32);
        return _classifier.Network.call(images.mul_(_scale).add_(_offset)).softmax(1).contiguous().data<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scale.Dispose();
        _offset.Dispose();
        _classifier.Dispose();
    }

    private static torch.Tensor PerChannel(IEnumerable<double> values)
    {
        using var scope = torch.NewDisposeScope();
        return torch.tensor(values.Select(value => (float)value).ToArray()).view(-1, 1, 1).DetachFromDisposeScope();
    }
}
