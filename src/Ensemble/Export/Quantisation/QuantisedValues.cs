using Ensemble.Graphs;

namespace Ensemble.Export.Quantisation;

/// <summary>Which values of a graph become bytes, and which of them share a range.</summary>
internal sealed class QuantisedValues
{
    private static readonly string[] s_computing = ["Conv", "Gemm", "Add", "Concat", "GlobalAveragePool", "AveragePool"];

    // These hand on values that they are given, so that the range stays.
    private static readonly string[] s_passing = ["MaxPool", "GlobalMaxPool", "Flatten", "Reshape", "Transpose", "Split"];

    private readonly Dictionary<string, string> _sources = [];

    private QuantisedValues()
    {
    }

    /// <summary>Every value that becomes bytes.</summary>
    public IReadOnlyCollection<string> Names => _sources.Keys;

    /// <summary>Those that a range must be measured of.</summary>
    public IReadOnlySet<string> Measured => _sources.Values.ToHashSet();

    /// <summary>The value whose range another has: its own, or that of what it was handed on from.</summary>
    public string RangeOf(string value) => _sources[value];

    /// <summary>
    /// What convolutions, linear layers, sums, joins and means are given and give, behind the ReLU where one follows: so a
    /// runtime finds each of them between bytes, and computes in bytes. The logits stay float32.
    /// </summary>
    public static QuantisedValues Of(NetworkGraph graph)
    {
        var found = new QuantisedValues();
        var answers = new HashSet<string>();
        foreach (var node in graph.Nodes.Where(node => IsComputing(graph, node)))
        {
            var behind = graph.OnlyUserOf(node.Output) is { Operator: "Relu" } relu ? relu : node;
            answers.Add(behind.Output);
            foreach (var input in Values(graph, node))
            {
                found._sources.TryAdd(input, input);
            }
        }

        foreach (var answer in answers.Where(answer => answer != graph.Output.Name))
        {
            found._sources.TryAdd(answer, answer);
        }

        foreach (var node in graph.Nodes.Where(node => s_passing.Contains(node.Operator) && found._sources.ContainsKey(node.Inputs[0])))
        {
            foreach (var output in node.Outputs)
            {
                found._sources[output] = found._sources[node.Inputs[0]];
            }
        }

        return found;
    }

    /// <summary>The inputs of a node that are values, not constants.</summary>
    public static IEnumerable<string> Values(NetworkGraph graph, GraphNode node) => node.Inputs.Where(input => !graph.Constants.ContainsKey(input));

    // A sum with a constant is part of an activation function, which stays float32.
    private static bool IsComputing(NetworkGraph graph, GraphNode node) =>
        s_computing.Contains(node.Operator) && (node.Operator != "Add" || Values(graph, node).Count() == 2);
}
