using Ensemble.Graphs;
using Ensemble.Storage;
using TorchSharp;

namespace Ensemble.Export;

/// <summary>A graph as a module: each node is one or a few of torch's operations, in float32 on the CPU.</summary>
/// <remarks>
/// Half precision weights are computed with in float32; quantised values are rounded as the graph says and held as the
/// whole numbers that they are.
/// </remarks>
internal sealed partial class GraphModule : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly NetworkGraph _graph;
    private readonly Dictionary<string, torch.Tensor> _constants = [];
    private readonly Dictionary<string, torch.Tensor> _replacements = [];
    private readonly Dictionary<string, int> _lastUses = [];

    /// <summary>Copies the constants.</summary>
    /// <param name="graph">The graph.</param>
    public GraphModule(NetworkGraph graph)
        : base(nameof(GraphModule))
    {
        _graph = graph;
        foreach (var constant in graph.Constants.Values.Where(constant => constant.Dtype != SafetensorsDtype.I64))
        {
            _constants.Add(constant.Name, ToTensor(constant));
        }

        for (var position = 0; position < graph.Nodes.Count; position++)
        {
            foreach (var input in graph.Nodes[position].Inputs)
            {
                _lastUses[input] = position;
            }
        }
    }

    /// <summary>Shown every value of a pass by name, the input first; null for nobody.</summary>
    public Action<string, torch.Tensor>? Observer { get; set; }

    /// <summary>Gives what a pass goes on with instead of a value, the input too: the value itself or another; null for all as they are.</summary>
    public Func<string, torch.Tensor, torch.Tensor>? Transformation { get; set; }

    /// <summary>Computes with a tensor in place of a constant from now on; the tensor stays the caller's.</summary>
    public void Replace(string constant, torch.Tensor value) => _replacements[constant] = value;

    /// <summary>[N, C, H, W] of the input's type to [N, classes] float32.</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var values = new Dictionary<string, torch.Tensor>();
        Keep(_graph.Input.Name, input.alias());
        for (var position = 0; position < _graph.Nodes.Count; position++)
        {
            var node = _graph.Nodes[position];
            foreach (var (name, value) in node.Outputs.Zip(Compute(node, values)))
            {
                Keep(name, value);
            }

            foreach (var name in node.Inputs.Where(name => _lastUses[name] == position && name != _graph.Output.Name).Distinct())
            {
                if (values.Remove(name, out var spent))
                {
                    spent.Dispose();
                }
            }
        }

        return values[_graph.Output.Name].to(torch.ScalarType.Float32).MoveToOuterDisposeScope();

        void Keep(string name, torch.Tensor value)
        {
            Observer?.Invoke(name, value);
            values[name] = Transformation?.Invoke(name, value) ?? value;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var constant in _constants.Values)
            {
                constant.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    // Whole numbers in double, which holds an int32 exactly.
    private static torch.Tensor ToTensor(TensorRecord constant)
    {
        using var scope = torch.NewDisposeScope();
        var (type, target) = constant.Dtype switch
        {
            SafetensorsDtype.F32 => (torch.ScalarType.Float32, torch.ScalarType.Float32),
            SafetensorsDtype.F16 => (torch.ScalarType.Float16, torch.ScalarType.Float32),
            SafetensorsDtype.I8 => (torch.ScalarType.Int8, torch.ScalarType.Float64),
            SafetensorsDtype.U8 => (torch.ScalarType.Byte, torch.ScalarType.Float64),
            SafetensorsDtype.I32 => (torch.ScalarType.Int32, torch.ScalarType.Float64),
            _ => throw new InvalidDataException($"constant {constant.Name} of {constant.Dtype}"),
        };
        var tensor = torch.empty([.. constant.Shape], type);
        tensor.bytes = constant.Data.ToArray();
        return tensor.to(target).DetachFromDisposeScope();
    }
}
