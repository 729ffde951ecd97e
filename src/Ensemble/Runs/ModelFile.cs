using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>
/// A trained model's folder: model.safetensors, and model.json, whose presence says that the training is done.
/// </summary>
public static class ModelFile
{
    /// <summary>The record's file name.</summary>
    public const string RecordName = "model.json";

    /// <summary>The weights' file name.</summary>
    public const string WeightsName = "model.safetensors";

    private const string Remedy = "delete the model's folder and run its stage again";

    /// <summary>
    /// Writes a model: the weights first, the record last, so that a killed process leaves no record beside other
    /// weights.
    /// </summary>
    /// <param name="folder">The model's folder, created if missing.</param>
    /// <param name="record">The record; its <see cref="ModelRecord.WeightsSha256"/> is filled in here.</param>
    /// <param name="weights">The weights, with PyTorch's state_dict names.</param>
    /// <returns>The record as written.</returns>
    /// <exception cref="ArgumentException">
    /// A value of the record is out of range, or two tensors have one name.
    /// </exception>
    /// <exception cref="MachineFaultException">The folder cannot be written, or the disk is full.</exception>
    public static ModelRecord Write(string folder, ModelRecord record, IReadOnlyList<TensorRecord> weights)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(record);
        var recordPath = Path.Combine(folder, RecordName);
        var weightsPath = Path.Combine(folder, WeightsName);
        RemoveRecord(recordPath);
        SafetensorsFile.Write(weightsPath, weights);
        var written = record with { WeightsSha256 = FileChecksum.Sha256(weightsPath) };
        RecordJson.Write(recordPath, written);
        return written;
    }

    /// <summary>Whether a folder holds a finished model of a recipe, so that its stage need not run again.</summary>
    /// <param name="folder">The model's folder; it may be missing.</param>
    /// <param name="recipeHash">The hash of what should have determined the weights.</param>
    /// <returns>
    /// True where the record is there, sound and of that recipe, and the weights are those that it names.
    /// </returns>
    public static bool IsFinished(string folder, string recipeHash)
    {
        try
        {
            return Directory.Exists(folder) && ReadVerified(folder).RecipeHash == recipeHash;
        }
        catch (DataFaultException)
        {
            // A damaged model is one that is not finished: its stage makes it anew.
            return false;
        }
    }

    /// <summary>
    /// Copies a finished model with its logs: the record last, so that a killed process leaves no record beside other weights.
    /// </summary>
    /// <param name="source">The folder of a finished model.</param>
    /// <param name="target">The folder to copy to, created if missing.</param>
    /// <exception cref="DataFaultException">A file of the source is missing, damaged, or not of the others.</exception>
    /// <exception cref="MachineFaultException">The target cannot be written, or the disk is full.</exception>
    public static void Copy(string source, string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(target);
        var record = ReadVerified(source);
        RemoveRecord(Path.Combine(target, RecordName));
        foreach (var name in new[] { WeightsName, MetricsLog.FileName, TensorBoardLog.FileName }.Where(name => File.Exists(Path.Combine(source, name))))
        {
            CopyFile(Path.Combine(source, name), Path.Combine(target, name));
        }

        RecordJson.Write(Path.Combine(target, RecordName), record);
    }

    /// <summary>Reads a model's record, without its weights.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <returns>The record.</returns>
    /// <exception cref="DataFaultException">The record is missing or damaged.</exception>
    public static ModelRecord Read(string folder)
    {
        var path = Path.Combine(folder, RecordName);
        return Directory.Exists(folder) && !File.Exists(path)
            ? throw new DataFaultException(folder, $"a trained model ({RecordName})", "none, or one whose training has not ended", "let its run end (its command, typed again, goes on), or name another model")
            : RecordJson.Read<ModelRecord>(path, "a model.json of a trained model", Remedy);
    }

    /// <summary>Reads a model's weights, after holding their checksum against the record.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <returns>The tensors.</returns>
    /// <exception cref="DataFaultException">
    /// The record or the weights are missing, damaged, or not of each other.
    /// </exception>
    public static SafetensorsContent ReadWeights(string folder)
    {
        ReadVerified(folder);
        return SafetensorsFile.Read(Path.Combine(folder, WeightsName));
    }

    private static ModelRecord ReadVerified(string folder)
    {
        var record = Read(folder);
        var weightsPath = Path.Combine(folder, WeightsName);
        var checksum = FileChecksum.Sha256(weightsPath);
        return checksum == record.WeightsSha256
            ? record
            : throw new DataFaultException(weightsPath, $"weights of SHA-256 {record.WeightsSha256}", checksum, Remedy);
    }

    private static void CopyFile(string source, string target)
    {
        FileStream input;
        try
        {
            input = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unreadable(source, "a file of a trained model", Remedy, exception);
        }

        using (input)
        {
            AtomicFile.Write(target, input.CopyTo);
        }
    }

    private static void RemoveRecord(string recordPath)
    {
        try
        {
            if (File.Exists(recordPath))
            {
                File.Delete(recordPath);
            }
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(recordPath, exception);
        }
    }
}
