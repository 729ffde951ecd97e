using Ensemble.Graphs;
using Ensemble.Storage;
using static Ensemble.Export.Onnx.OnnxFields;

namespace Ensemble.Export.Onnx;

/// <summary>Reads what <see cref="OnnxWriter"/> writes; of the rest of ONNX, nothing.</summary>
internal static class OnnxReader
{
    /// <summary>Parses a model; that its nodes make sense is <see cref="GraphRules"/>'s to say.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such model.</exception>
    public static (NetworkGraph Graph, IReadOnlyDictionary<string, string> Metadata) Read(ReadOnlyMemory<byte> bytes)
    {
        var model = ProtoField.Parse(bytes);
        Require(model.Where(field => field.Number == Model.ProducerName).Select(field => field.Text).SequenceEqual([OnnxFile.Producer]), "another program's model");
        Require(
            All(model, Model.OperatorSet).SelectMany(set => All(set.Message, OnnxFields.OperatorSet.Version)).Select(version => version.Integer).SequenceEqual([OnnxWriter.OperatorSetVersion]),
            $"operators of another version than {OnnxWriter.OperatorSetVersion}");
        var metadata = new Dictionary<string, string>();
        foreach (var entry in All(model, Model.Metadata).Select(field => field.Message))
        {
            Require(metadata.TryAdd(One(entry, Entry.Key).Text, One(entry, Entry.Value).Text), "a metadata entry twice");
        }

        return (ReadGraph(One(model, Model.Graph).Message), metadata);
    }

    private static NetworkGraph ReadGraph(IReadOnlyList<ProtoField> graph)
    {
        var constants = new Dictionary<string, TensorRecord>();
        foreach (var constant in All(graph, OnnxFields.Graph.Initializer).Select(field => ReadConstant(field.Message)))
        {
            Require(constants.TryAdd(constant.Name, constant), $"constant {constant.Name} twice");
        }

        return new NetworkGraph
        {
            Input = ReadPort(One(graph, OnnxFields.Graph.Input).Message),
            Output = ReadPort(One(graph, OnnxFields.Graph.Output).Message),
            Nodes = [.. All(graph, OnnxFields.Graph.Node).Select(field => ReadNode(field.Message))],
            Constants = constants,
        };
    }

    private static GraphNode ReadNode(IReadOnlyList<ProtoField> node)
    {
        var attributes = new Dictionary<string, GraphAttribute>();
        foreach (var field in All(node, OnnxFields.Node.Attribute).Select(field => field.Message))
        {
            Require(attributes.TryAdd(One(field, OnnxFields.Attribute.Name).Text, ReadAttribute(field)), "an attribute twice");
        }

        return new GraphNode(
            One(node, OnnxFields.Node.Operator).Text,
            [.. All(node, OnnxFields.Node.Input).Select(field => field.Text)],
            [.. All(node, OnnxFields.Node.Output).Select(field => field.Text)])
        {
            Attributes = attributes,
        };
    }

    private static GraphAttribute ReadAttribute(IReadOnlyList<ProtoField> attribute) => One(attribute, OnnxFields.Attribute.Type).Integer switch
    {
        OnnxFields.Attribute.TypeInteger => GraphAttribute.Of(One(attribute, OnnxFields.Attribute.Integer).Integer),
        OnnxFields.Attribute.TypeNumber => GraphAttribute.Of(One(attribute, OnnxFields.Attribute.Number).Single),
        OnnxFields.Attribute.TypeIntegers => GraphAttribute.Of(All(attribute, OnnxFields.Attribute.Integers).SelectMany(field => field.Integers)),
        _ => throw new InvalidDataException("an attribute of an unknown type"),
    };

    private static TensorRecord ReadConstant(IReadOnlyList<ProtoField> tensor)
    {
        var sizes = All(tensor, OnnxFields.Tensor.Sizes).SelectMany(field => field.Integers).ToArray();
        try
        {
            return new TensorRecord(
                One(tensor, OnnxFields.Tensor.Name).Text, ReadDtype(One(tensor, OnnxFields.Tensor.DataType)), sizes, One(tensor, OnnxFields.Tensor.Raw).Bytes);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static GraphPort ReadPort(IReadOnlyList<ProtoField> value)
    {
        var tensor = One(One(value, Value.Type).Message, Value.TensorType).Message;
        var sizes = All(One(tensor, Value.Shape).Message, Value.Dimension).Select(field => field.Message).ToArray();
        Require(sizes.Length > 1 && All(sizes[0], Value.SizeName).Any(), "an input or output without a batch");
        return new GraphPort(
            One(value, Value.Name).Text,
            ReadDtype(One(tensor, Value.ElementType)),
            [.. sizes.Skip(1).Select(size => One(size, Value.Size).Integer)]);
    }

    private static SafetensorsDtype ReadDtype(ProtoField field) =>
        OnnxTypes.DtypeOf(field.Integer) ?? throw new InvalidDataException($"elements of type {field.Integer}");

    private static IEnumerable<ProtoField> All(IReadOnlyList<ProtoField> message, int number) => message.Where(field => field.Number == number);

    private static ProtoField One(IReadOnlyList<ProtoField> message, int number)
    {
        var found = All(message, number).Take(2).ToArray();
        Require(found.Length == 1, $"field {number} {(found.Length == 0 ? "missing" : "twice")}");
        return found[0];
    }

    private static void Require(bool isMet, string found)
    {
        if (!isMet)
        {
            throw new InvalidDataException(found);
        }
    }
}
