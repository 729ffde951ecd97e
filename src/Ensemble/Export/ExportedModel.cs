using Ensemble.Export.Onnx;
using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Export;

/// <summary>What an earlier export left.</summary>
internal static class ExportedModel
{
    /// <summary>Whether a folder holds an export of these weights, made so, and whole.</summary>
    /// <param name="folder">The folder; it may be missing.</param>
    /// <param name="weightsSha256">The SHA-256 of the original's weights.</param>
    /// <param name="options">How it must have been made, as far as the files tell: format, precision, input and output.</param>
    /// <returns>True also where no ONNX Runtime could be had, so that the ONNX file was not checked.</returns>
    public static bool IsDone(string folder, string weightsSha256, ExportOptions options)
    {
        try
        {
            return (!options.HasOnnx || HasOnnx(folder, weightsSha256, options)) && (options.Format == ExportFormat.Onnx || HasWeights(folder, weightsSha256));
        }
        catch (DataFaultException)
        {
            // A damaged export is one that is missing.
            return false;
        }
    }

    // The file says whose it is, under a seal.
    private static bool HasOnnx(string folder, string weightsSha256, ExportOptions options)
    {
        var path = Path.Combine(folder, ModelExporter.OnnxName);
        var parityPath = Path.Combine(folder, ParityRecord.FileName);
        return File.Exists(path) && File.Exists(parityPath)
            && ParityRecord.Read(parityPath).Outcome != ParityOutcome.Failed
            && OnnxMetadata.IsOf(OnnxFile.Read(path).Metadata, weightsSha256, options);
    }

    private static bool HasWeights(string folder, string weightsSha256) =>
        File.Exists(Path.Combine(folder, ModelCard.FileName)) && File.Exists(Path.Combine(folder, ModelFile.RecordName))
        && ModelFile.Read(folder).WeightsSha256 == weightsSha256
        && FileChecksum.Sha256(Path.Combine(folder, ModelFile.WeightsName)) == weightsSha256;
}
