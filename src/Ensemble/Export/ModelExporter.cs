using Ensemble.Export.Onnx;
using Ensemble.Export.Runtime;
using Ensemble.Models;
using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Export;

/// <summary>Writes a trained classifier for use elsewhere, and shows that it is still the same classifier.</summary>
public sealed class ModelExporter
{
    /// <summary>The ONNX file's name in the export's folder.</summary>
    public const string OnnxName = "model.onnx";

    private readonly ModelRegistry _models;

    /// <param name="models">The architectures by name.</param>
    public ModelExporter(ModelRegistry models) => _models = models;

    /// <summary>Whether an ONNX Runtime may be fetched where this machine has none. Default true.</summary>
    public bool MayFetchRuntime { get; init; } = true;

    /// <summary>Finds what runs the ONNX file, or gives null and a reason; null for <see cref="OnnxRuntimes"/>.</summary>
    internal Func<Action<string>, (IOnnxRuntime? Runtime, string? Absence)>? FindRuntime { get; init; }

    /// <summary>Exports.</summary>
    /// <param name="source">The model.</param>
    /// <param name="options">How.</param>
    /// <param name="folder">Where; created if missing. Files of an earlier export are written over.</param>
    /// <param name="announce">Told, in one line each, what takes time; null for nobody.</param>
    /// <returns>What was written; its parity says <see cref="ParityOutcome.Unchecked"/> where no ONNX Runtime could be had.</returns>
    /// <exception cref="ArgumentException">The options are out of range, or the data are not of the model's shape and classes.</exception>
    /// <exception cref="ParityFaultException">The ONNX file does not answer as the original; it was not kept, parity.json was.</exception>
    /// <exception cref="EnsembleException">The model is damaged or cannot be written so, or the folder cannot be written.</exception>
    public ExportReport Export(ExportSource source, ExportOptions options, string folder, Action<string>? announce = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options.Validate();
        using var classifier = TrainedClassifier.Load(source.Folder, _models);
        RequireAlike(source, classifier);
        var files = new List<string>();
        ParityRecord? parity = null;
        if (options.HasOnnx)
        {
            parity = WriteOnnx(source, classifier, options, folder, announce ?? (_ => { }));
            files.AddRange([OnnxName, ParityRecord.FileName]);
        }

        if (options.Format != ExportFormat.Onnx)
        {
            ModelFile.Write(folder, classifier.Record, ModelFile.ReadWeights(source.Folder).Tensors);
            AtomicFile.WriteText(Path.Combine(folder, ModelCard.FileName), ModelCard.Write(source, classifier.Record, parity));
            files.AddRange([ModelFile.WeightsName, ModelFile.RecordName, ModelCard.FileName]);
        }

        return new ExportReport(Path.GetFullPath(folder), files, parity);
    }

    // Under its own name only once it is found to be right.
    private ParityRecord WriteOnnx(ExportSource source, TrainedClassifier classifier, ExportOptions options, string folder, Action<string> announce)
    {
        var target = Path.Combine(folder, OnnxName);
        var candidate = Path.Combine(folder, $".{OnnxName}.{Guid.NewGuid():N}.tmp");
        var parityPath = Path.Combine(folder, ParityRecord.FileName);
        try
        {
            if (options.Precision == ExportPrecision.Int8)
            {
                announce($"calibrating on {Math.Min(options.CalibrationImages, source.Splits.Train.Count)} training images{(options.TuningSteps > 0 ? $", then {options.TuningSteps} steps of quantisation-aware distillation" : "")}");
            }

            OnnxFile.Write(candidate, GraphAssembly.Assemble(classifier, source.Splits.Train, options), OnnxMetadata.Describe(source, classifier.Record, options));
            var parity = Check(source, classifier, options, candidate, announce) with { File = OnnxName };
            parity.Write(parityPath);
            if (parity.Outcome == ParityOutcome.Failed)
            {
                throw new ParityFaultException(parityPath, parity.Reason!, Remedy(options));
            }

            File.Move(candidate, target, overwrite: true);
            return parity;
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(target, exception);
        }
        finally
        {
            DiskFault.TryDelete(candidate);
        }
    }

    private ParityRecord Check(ExportSource source, TrainedClassifier classifier, ExportOptions options, string path, Action<string> announce)
    {
        var (runtime, absence) = (FindRuntime ?? FindOnThisMachine)(announce);
        var test = source.Splits.Test;
        var count = Math.Min(options.ParityImagesOrDefault, test.Count);
        announce($"comparing with the original on {count} test images");
        // Evenly over the split, which may be sorted by class.
        var images = test.Subset([.. Enumerable.Range(0, count).Select(index => (int)((long)index * test.Count / count))]);
        var originalBytes = FileLength.Of(Path.Combine(source.Folder, ModelFile.WeightsName));
        return ParityCheck.Run(classifier.Network, classifier.Record, path, images, options, originalBytes, runtime, absence);
    }

    private (IOnnxRuntime? Runtime, string? Absence) FindOnThisMachine(Action<string> announce)
    {
        var runtime = new OnnxRuntimes { MayFetch = MayFetchRuntime }.Find(announce, out var absence);
        return (runtime, absence);
    }

    private static string Remedy(ExportOptions options) => options.Precision switch
    {
        ExportPrecision.Fp32 => "the file was not kept; please report it, with the architecture",
        ExportPrecision.Fp16 => "the file was not kept; export as fp32",
        _ => "the file was not kept; try another calibration or quantisation-aware distillation (--tune), allow a larger loss, or export as fp16",
    };

    private static void RequireAlike(ExportSource source, TrainedClassifier classifier)
    {
        if (source.Splits.Train.Shape != classifier.Shape || !source.Splits.Train.ClassNames.SequenceEqual(classifier.Record.ClassNames))
        {
            throw new DataFaultException(
                source.Folder,
                $"a model of {classifier.Shape} and {classifier.Record.ClassNames.Count} classes, as the data have them",
                $"data of {source.Splits.Train.Shape} and {source.Splits.Train.ClassCount} classes",
                "name the data that the model was trained on");
        }
    }
}
