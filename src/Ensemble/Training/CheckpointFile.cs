using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ensemble.Storage;

namespace Ensemble.Training;

/// <summary>
/// A training's state between two steps, as a safetensors file with a checksum: a killed process goes on from there to the
/// same bits, on the processor of the same machine with the same threads.
/// </summary>
public sealed class CheckpointFile
{
    /// <summary>The file's name in a stage's folder.</summary>
    public const string FileName = "checkpoint.safetensors";

    private const string Expected = "the checkpoint of a training";
    private const string Remedy = "delete it: the stage then begins anew";
    private const string RecipeKey = "recipe";
    private const string StateKey = "state";
    private const string ChecksumKey = "sha256";

    private readonly string _recipeHash;
    private readonly TimeSpan _interval;
    private readonly Stopwatch _sinceWritten = Stopwatch.StartNew();

    /// <summary>Names a checkpoint; nothing is read yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="recipeHash">The hash of what determines the weights; a file of another is passed over.</param>
    /// <param name="interval">The time between two writings, at least zero: zero writes after every step.</param>
    public CheckpointFile(string path, string recipeHash, TimeSpan interval)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(recipeHash);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        Path = path;
        _recipeHash = recipeHash;
        _interval = interval;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether the time between two writings has passed.</summary>
    internal bool IsDue => _sinceWritten.Elapsed >= _interval;

    /// <summary>Removes the file, if it is there.</summary>
    /// <exception cref="MachineFaultException">It cannot be removed.</exception>
    public void Delete()
    {
        try
        {
            File.Delete(Path);
        }
        catch (DirectoryNotFoundException)
        {
            return;
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(Path, exception);
        }
    }

    /// <summary>Reads where the training stood.</summary>
    /// <returns>The state; null where there is no file, or one of another recipe.</returns>
    /// <exception cref="DataFaultException">The file is damaged or cannot be read.</exception>
    internal Checkpoint? Read()
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        var content = SafetensorsFile.Read(Path);
        var metadata = content.Metadata;
        if (!metadata.TryGetValue(ChecksumKey, out var checksum) || !metadata.TryGetValue(RecipeKey, out var recipe) || !metadata.TryGetValue(StateKey, out var state))
        {
            throw new DataFaultException(Path, Expected, "a safetensors file of something else", Remedy);
        }

        if (checksum != Checksum(content.Tensors, recipe, state))
        {
            throw new DataFaultException(Path, $"{Expected}, of SHA-256 {checksum}", "other bytes", Remedy);
        }

        return recipe == _recipeHash
            ? new Checkpoint { Log = RecordJson.Parse<TrainingLogState>(Path, Encoding.UTF8.GetBytes(state), Expected, Remedy), Tensors = content.Tensors }
            : null;
    }

    /// <summary>Writes where the training stands, whole or not at all.</summary>
    /// <exception cref="MachineFaultException">The folder cannot be written, or the disk is full.</exception>
    internal void Write(Checkpoint checkpoint)
    {
        var state = JsonSerializer.Serialize(checkpoint.Log, RecordJson.Compact);
        SafetensorsFile.Write(Path, checkpoint.Tensors, new Dictionary<string, string>
        {
            [RecipeKey] = _recipeHash,
            [StateKey] = state,
            [ChecksumKey] = Checksum(checkpoint.Tensors, _recipeHash, state),
        });
        _sinceWritten.Restart();
    }

    // Over the header's claims as well as the bytes: a name or a shape that changed is another training.
    private static string Checksum(IReadOnlyList<TensorRecord> tensors, string recipe, string state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(recipe);
        Append(state);
        foreach (var tensor in tensors)
        {
            Append(string.Create(CultureInfo.InvariantCulture, $"{tensor.Name}\0{tensor.Dtype}\0{string.Join(',', tensor.Shape)}"));
            hash.AppendData(tensor.Data.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(string text)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }
    }
}
