namespace Ensemble.Export.Runtime;

/// <summary>An ONNX runtime that is there, and refuses an exported model or fails.</summary>
public sealed class RuntimeFaultException : EnsembleException
{
    /// <summary>Creates the fault.</summary>
    /// <param name="runtime">The runtime's name.</param>
    /// <param name="found">What it said.</param>
    public RuntimeFaultException(string runtime, string found)
        : base($"{runtime}: expected it to run the exported model, found: {found}; this is a fault of the export or of the runtime, please report it") => Runtime = runtime;

    /// <summary>The runtime's name.</summary>
    public string Runtime { get; }
}
