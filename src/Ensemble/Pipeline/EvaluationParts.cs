using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Storage;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>
/// What networks answer on the test images, made in parts: each has a folder <c>2-of-8</c> in the stage's, with the logits of every
/// network on its images and a part.json, whose presence says that they are whole. Joined, they are what one pass gives, bit for bit.
/// </summary>
/// <param name="folder">The stage's folder.</param>
internal sealed class EvaluationParts(string folder)
{
    private const string LogitsName = "logits.safetensors";

    private string Stage => Path.GetFileName(folder);

    /// <summary>Whether a part is there that was not joined.</summary>
    public bool Any => Folders.Any(HasRecord);

    /// <summary>The parts' folders, done or begun, in the order of their numbers.</summary>
    private IReadOnlyList<SampleShard> Folders => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateDirectories(folder).Select(path => SampleShard.TryParseFolder(Path.GetFileName(path))).OfType<SampleShard>()
            .OrderBy(shard => shard.Count).ThenBy(shard => shard.Number),
    ];

    /// <summary>Seconds that the parts took, over all their attempts.</summary>
    public double Seconds => Folders.Sum(shard => StageTimer.Read(PathOf(shard)));

    /// <summary>Where a part's files lie; the folder need not exist.</summary>
    public string PathOf(SampleShard shard) => Path.Combine(folder, shard.FolderName);

    /// <summary>Whether a part is there, whatever it is of.</summary>
    public bool HasRecord(SampleShard shard) => File.Exists(RecordPathOf(shard));

    /// <summary>Whether a part is there, whole and of these networks and images.</summary>
    public bool IsDone(SampleShard shard, TestIdentity of)
    {
        try
        {
            return HasRecord(shard) && Require(shard, of) is not null;
        }
        catch (DataFaultException)
        {
            // A damaged part, or one of other weights, is one that is missing.
            return false;
        }
    }

    /// <summary>Makes a part: the logits first, the record last.</summary>
    /// <param name="shard">Which.</param>
    /// <param name="of">What the answers depend on.</param>
    /// <param name="networks">The networks, in the identity's order, from normalised images to logits.</param>
    /// <param name="test">All test images, as they are, on the networks' device.</param>
    /// <param name="cancellationToken">Stops between two networks.</param>
    /// <exception cref="MachineFaultException">A file cannot be written, or the disk is full.</exception>
    public void Write(
        SampleShard shard, TestIdentity of, IReadOnlyList<torch.nn.Module<torch.Tensor, torch.Tensor>> networks, ResidentDataset test, CancellationToken cancellationToken = default)
    {
        var range = shard.RangeOf(of.Samples, InferenceBatch.Unit);
        var logits = new List<TensorRecord>();
        foreach (var (place, network) in networks.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answers = range.Count == 0 ? new SplitLogits(ReadOnlyMemory<float>.Empty, of.Classes) : Evaluator.Run(network, test, range);
            logits.Add(LogitsTensor.Of(NameOf(place), answers));
        }

        Remove(shard);
        var path = Path.Combine(PathOf(shard), LogitsName);
        SafetensorsFile.Write(path, logits);
        RecordJson.Write(RecordPathOf(shard), new EvaluationPart { Of = of, Shard = $"{shard}", Range = range, LogitsSha256 = FileChecksum.Sha256(path) });
    }

    /// <summary>Puts the parts together.</summary>
    /// <param name="of">What the answers must depend on.</param>
    /// <returns>Each network's answers on all test images.</returns>
    /// <exception cref="DataFaultException">A part is missing, damaged, of other weights or images, or of another division; the message names it.</exception>
    public SplitLogits[] Join(TestIdentity of)
    {
        var parts = RequireWhole();
        var values = of.Weights.Select(_ => new float[of.Samples * of.Classes]).ToArray();
        foreach (var shard in parts)
        {
            var range = Require(shard, of).Range;
            var logits = ReadLogits(shard, of, range);
            foreach (var (place, network) in values.Index())
            {
                logits[place].Values.CopyTo(network.AsMemory(range.First * of.Classes));
            }
        }

        return [.. values.Select(network => new SplitLogits(network, of.Classes))];
    }

    /// <summary>Deletes the parts, those that were only begun too.</summary>
    /// <exception cref="MachineFaultException">One cannot be deleted.</exception>
    public void Delete()
    {
        foreach (var shard in Folders)
        {
            try
            {
                Directory.Delete(PathOf(shard), recursive: true);
            }
            catch (Exception exception) when (DiskFault.IsOne(exception))
            {
                throw DiskFault.Unwritable(PathOf(shard), exception);
            }
        }
    }

    private static string NameOf(int place) => $"networks/{place}";

    private string RecordPathOf(SampleShard shard) => Path.Combine(PathOf(shard), EvaluationPart.FileName);

    private string Again(SampleShard shard) => $"do that part again (the stage {Stage} with --shard {shard}); or delete the parts' folders, and the whole is measured at once";

    // Every part of one division.
    private SampleShard[] RequireWhole()
    {
        var there = Folders.Where(HasRecord).ToArray();
        var present = there.Length == 0 ? "none" : string.Join(", ", there.Select(shard => shard.FolderName));
        var counts = there.Select(shard => shard.Count).Distinct().ToArray();
        if (counts.Length != 1)
        {
            throw new DataFaultException(folder, "parts of one division", present, "delete the folders of all divisions but one");
        }

        SampleShard[] missing = [.. Enumerable.Range(1, counts[0]).Except(there.Select(shard => shard.Number)).Select(number => new SampleShard(number, counts[0]))];
        return missing.Length == 0
            ? there
            : throw new DataFaultException(
                folder, $"all {counts[0]} parts", $"no part {string.Join(", ", missing.Select(shard => shard.FolderName))} (there: {present})",
                $"do the missing parts (the stage {Stage} with --shard {missing[0]}); or delete the parts' folders, and the whole is measured at once");
    }

    private EvaluationPart Require(SampleShard shard, TestIdentity of)
    {
        var path = PathOf(shard);
        var part = RecordJson.Read<EvaluationPart>(RecordPathOf(shard), "the part.json of an evaluation's part", Again(shard));
        if (part.Of.DifferenceFrom(of) is { Length: > 0 } difference)
        {
            throw new DataFaultException(path, "answers of this run's networks on its test images", $"those of other {difference}", Again(shard));
        }

        var range = shard.RangeOf(of.Samples, InferenceBatch.Unit);
        if (part.Shard != $"{shard}" || part.Range != range)
        {
            throw new DataFaultException(path, $"part {shard}, {range}", $"part {part.Shard}, {part.Range}", Again(shard));
        }

        var digest = FileChecksum.Sha256(Path.Combine(path, LogitsName));
        return digest == part.LogitsSha256 ? part : throw new DataFaultException(path, $"logits of SHA-256 {part.LogitsSha256}", digest, Again(shard));
    }

    private SplitLogits[] ReadLogits(SampleShard shard, TestIdentity of, SampleRange range)
    {
        var path = Path.Combine(PathOf(shard), LogitsName);
        var tensors = SafetensorsFile.Read(path).Tensors;
        var isWhole = tensors.Count == of.Weights.Count
            && tensors.Index().All(tensor => tensor.Item.Name == NameOf(tensor.Index) && tensor.Item.Dtype == SafetensorsDtype.F32 && tensor.Item.Shape.SequenceEqual([range.Count, of.Classes]));
        return isWhole
            ? [.. tensors.Select(LogitsTensor.Read)]
            : throw new DataFaultException(path, $"logits of {of.Weights.Count} networks, {range.Count} x {of.Classes} each", "other tensors", Again(shard));
    }

    private void Remove(SampleShard shard)
    {
        try
        {
            File.Delete(RecordPathOf(shard));
        }
        catch (DirectoryNotFoundException)
        {
            // A part that was never begun.
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(RecordPathOf(shard), exception);
        }
    }
}
