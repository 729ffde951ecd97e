using Ensemble.Graphs;
using Ensemble.Storage;
using static Ensemble.Export.Onnx.OnnxFields;

namespace Ensemble.Export.Onnx;

/// <summary>A graph and its metadata as the bytes of an ONNX model (https://onnx.ai, onnx.proto), operator set 18.</summary>
internal static class OnnxWriter
{
    /// <summary>The version of ONNX's operators that nodes are of.</summary>
    public const int OperatorSetVersion = 18;

    // The form of the file that came with operator set 18.
    private const int IrVersion = 8;
    private const string Batch = "N";

    /// <summary>Serialises.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="producerVersion">This library's version.</param>
    /// <param name="metadata">Free text entries, written in this order.</param>
    public static byte[] Write(NetworkGraph graph, string producerVersion, IEnumerable<KeyValuePair<string, string>> metadata) =>
        ProtoWriter.Message(model =>
        {
            model.Integer(Model.IrVersion, IrVersion);
            model.Text(Model.ProducerName, OnnxFile.Producer);
            model.Text(Model.ProducerVersion, producerVersion);
            model.Message(Model.Graph, writer => WriteGraph(writer, graph));
            model.Message(Model.OperatorSet, set =>
            {
                set.Text(OnnxFields.OperatorSet.Domain, string.Empty);
                set.Integer(OnnxFields.OperatorSet.Version, OperatorSetVersion);
            });
            foreach (var (key, value) in metadata)
            {
                WriteEntry(model, key, value);
            }
        }).ToByteArray();

    /// <summary>One free text entry of a model.</summary>
    public static void WriteEntry(ProtoWriter model, string key, string value) => model.Message(Model.Metadata, entry =>
    {
        entry.Text(Entry.Key, key);
        entry.Text(Entry.Value, value);
    });

    private static void WriteGraph(ProtoWriter writer, NetworkGraph graph)
    {
        foreach (var node in graph.Nodes)
        {
            writer.Message(OnnxFields.Graph.Node, message => WriteNode(message, node));
        }

        writer.Text(OnnxFields.Graph.Name, "classifier");
        foreach (var constant in graph.Constants.Values)
        {
            writer.Message(OnnxFields.Graph.Initializer, message => WriteConstant(message, constant));
        }

        writer.Message(OnnxFields.Graph.Input, message => WritePort(message, graph.Input));
        writer.Message(OnnxFields.Graph.Output, message => WritePort(message, graph.Output));
    }

    private static void WriteNode(ProtoWriter writer, GraphNode node)
    {
        foreach (var input in node.Inputs)
        {
            writer.Text(OnnxFields.Node.Input, input);
        }

        foreach (var output in node.Outputs)
        {
            writer.Text(OnnxFields.Node.Output, output);
        }

        writer.Text(OnnxFields.Node.Operator, node.Operator);
        foreach (var (name, attribute) in node.Attributes)
        {
            writer.Message(OnnxFields.Node.Attribute, message => WriteAttribute(message, name, attribute));
        }
    }

    private static void WriteAttribute(ProtoWriter writer, string name, GraphAttribute attribute)
    {
        writer.Text(OnnxFields.Attribute.Name, name);
        if (attribute.Integer is { } integer)
        {
            writer.Integer(OnnxFields.Attribute.Integer, integer);
            writer.Integer(OnnxFields.Attribute.Type, OnnxFields.Attribute.TypeInteger);
        }
        else if (attribute.Number is { } number)
        {
            writer.Number(OnnxFields.Attribute.Number, number);
            writer.Integer(OnnxFields.Attribute.Type, OnnxFields.Attribute.TypeNumber);
        }
        else
        {
            foreach (var value in attribute.Integers!)
            {
                writer.Integer(OnnxFields.Attribute.Integers, value);
            }

            writer.Integer(OnnxFields.Attribute.Type, OnnxFields.Attribute.TypeIntegers);
        }
    }

    private static void WriteConstant(ProtoWriter writer, TensorRecord constant)
    {
        foreach (var size in constant.Shape)
        {
            writer.Integer(OnnxFields.Tensor.Sizes, size);
        }

        writer.Integer(OnnxFields.Tensor.DataType, OnnxTypes.NumberOf(constant.Dtype));
        writer.Text(OnnxFields.Tensor.Name, constant.Name);
        writer.Bytes(OnnxFields.Tensor.Raw, constant.Data.Span);
    }

    private static void WritePort(ProtoWriter writer, GraphPort port)
    {
        writer.Text(Value.Name, port.Name);
        writer.Message(Value.Type, type => type.Message(Value.TensorType, tensor =>
        {
            tensor.Integer(Value.ElementType, OnnxTypes.NumberOf(port.Dtype));
            tensor.Message(Value.Shape, shape =>
            {
                shape.Message(Value.Dimension, dimension => dimension.Text(Value.SizeName, Batch));
                foreach (var size in port.Shape)
                {
                    shape.Message(Value.Dimension, dimension => dimension.Integer(Value.Size, size));
                }
            });
        }));
    }
}
