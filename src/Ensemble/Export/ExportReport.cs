namespace Ensemble.Export;

/// <summary>What an export wrote.</summary>
/// <param name="Folder">Where.</param>
/// <param name="Files">The names of the files, in the order in which they were written.</param>
/// <param name="Parity">How the ONNX file was found to answer; null where none was asked for.</param>
public sealed record ExportReport(string Folder, IReadOnlyList<string> Files, ParityRecord? Parity);
