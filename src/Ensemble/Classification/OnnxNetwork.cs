using Ensemble.Data;
using Ensemble.Export;
using Ensemble.Export.Onnx;
using Ensemble.Graphs;
using Ensemble.Storage;
using TorchSharp;

namespace Ensemble.Classification;

/// <summary>An ONNX file that this library exported, answering: its graph is computed by libtorch, without an ONNX runtime.</summary>
internal sealed class OnnxNetwork : IAnsweringNetwork
{
    private readonly NetworkGraph _graph;
    private readonly GraphModule _module;
    private readonly bool _isSoftmax;

    /// <param name="path">The file.</param>
    /// <exception cref="DataFaultException">The file is not one that this library exported, as it left.</exception>
    public OnnxNetwork(string path)
    {
        (_graph, var metadata) = OnnxFile.Read(path);
        ClassNames = OnnxMetadata.ReadClasses(metadata, path, _graph.Output.Shape[0]);
        _isSoftmax = OnnxMetadata.HasSoftmax(metadata);
        Shape = new ImageShape((int)_graph.Input.Shape[0], (int)_graph.Input.Shape[1], (int)_graph.Input.Shape[2]);
        _module = Load(path);
    }

    /// <inheritdoc/>
    public ImageShape Shape { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public float[] Answer(ReadOnlyMemory<byte> pixels, int count) => Compute(_module, pixels, count);

    /// <inheritdoc/>
    public void Dispose() => _module.Dispose();

    // One blank image: what does not fit together shows here, and not in the middle of somebody's images.
    private GraphModule Load(string path)
    {
        GraphModule? module = null;
        try
        {
            module = new GraphModule(_graph);
            var answer = Compute(module, new byte[Shape.ValueCount], 1);
            return answer.Length == ClassNames.Count
                ? module
                : throw new InvalidDataException($"{answer.Length} answers for {ClassNames.Count} classes");
        }
#pragma warning disable CA1031 // Whatever libtorch says against the graph is a fault of the file.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            module?.Dispose();
            throw new DataFaultException(path, "a graph that can be computed", exception.Message.Split('\n')[0], "export it again", exception);
        }
    }

    private float[] Compute(GraphModule module, ReadOnlyMemory<byte> pixels, int count)
    {
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var images = torch.tensor(pixels.ToArray(), [count, Shape.Channels, Shape.Height, Shape.Width]);
        var input = _graph.Input.Dtype == SafetensorsDtype.U8 ? images : images.to(torch.ScalarType.Float32).div_(255);
        var answers = module.call(input);
        return (_isSoftmax ? answers : answers.softmax(1)).contiguous().data<float>().ToArray();
    }
}
