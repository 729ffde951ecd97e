namespace Ensemble.Export.Runtime;

/// <summary>What an ONNX runtime made of a model.</summary>
/// <param name="Values">[N, classes] row-major float32: the model's output.</param>
/// <param name="Milliseconds">The median duration of a pass, by batch size.</param>
internal sealed record RuntimeAnswer(float[] Values, IReadOnlyDictionary<int, double> Milliseconds);
