namespace Ensemble.Graphs;

/// <summary>One operation of a graph, in the words of ONNX's operator set.</summary>
/// <param name="Operator">The operator's name, such as <c>Conv</c>.</param>
/// <param name="Inputs">Names of values or constants, in the operator's order.</param>
/// <param name="Outputs">Names of the values that it makes, at least one.</param>
internal sealed record GraphNode(string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>Settings by name; what is not named has the operator's default.</summary>
    public IReadOnlyDictionary<string, GraphAttribute> Attributes { get; init; } = new Dictionary<string, GraphAttribute>();

    /// <summary>The first output.</summary>
    public string Output => Outputs[0];

    /// <summary>An integer setting, or the default.</summary>
    public long Integer(string name, long standard) => Attributes.TryGetValue(name, out var found) ? found.Integer ?? standard : standard;

    /// <summary>A number, or the default.</summary>
    public float Number(string name, float standard) => Attributes.TryGetValue(name, out var found) ? found.Number ?? standard : standard;

    /// <summary>A list of integers, or the default.</summary>
    public long[] Integers(string name, params long[] standard) =>
        Attributes.TryGetValue(name, out var found) && found.Integers is { } values ? [.. values] : standard;
}
