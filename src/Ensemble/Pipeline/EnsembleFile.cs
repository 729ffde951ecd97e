using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Pipeline;

/// <summary>
/// A measurement of teachers and ensemble as two files: answers.safetensors with every member's logits on the test images, and
/// ensemble.json, whose presence says that it is done and which names what it is of.
/// </summary>
/// <param name="folder">The folder.</param>
internal sealed class EnsembleFile(string folder)
{
    private const string Remedy = "do the stage ensemble of the sweep again";
    private const string AverageName = "ensemble";

    private string RecordPath => Path.Combine(folder, "ensemble.json");

    private string AnswersPath => Path.Combine(folder, "answers.safetensors");

    /// <summary>Whether the measurement is there and is of a run's teachers and test images.</summary>
    public bool IsDone(RunContext context, TeacherMembers members)
    {
        try
        {
            return File.Exists(RecordPath) && ReadRecord().Key == KeyOf(context, members) && FileChecksum.Sha256(AnswersPath) == ReadRecord().AnswersSha256;
        }
        catch (DataFaultException)
        {
            // A damaged measurement is one that is missing.
            return false;
        }
    }

    /// <summary>Writes a measurement: the answers first, the record last.</summary>
    public void Write(RunContext context, TeacherMembers members, EnsembleMeasurement measurement)
    {
        DeleteRecord();
        var tensors = measurement.Members.Select((member, place) => LogitsTensor.Of($"members/{place}", member)).Append(LogitsTensor.Of(AverageName, measurement.Average));
        SafetensorsFile.Write(AnswersPath, [.. tensors]);
        RecordJson.Write(RecordPath, new EnsembleRecord
        {
            Key = KeyOf(context, members),
            AnswersSha256 = FileChecksum.Sha256(AnswersPath),
            Hardware = context.Machine,
            Models = measurement.Records,
            Weights = measurement.Weights,
            Curve = measurement.Curve,
        });
    }

    /// <summary>Reads the measurement, its costs at the rate that is stated now.</summary>
    /// <exception cref="DataFaultException">It is missing, damaged, or of other teachers or images.</exception>
    public EnsembleMeasurement Read(RunContext context, TeacherMembers members)
    {
        if (!File.Exists(RecordPath))
        {
            throw new DataFaultException(folder, "the teachers' answers on the test images", "none", "do the stage ensemble of the sweep first");
        }

        var record = ReadRecord();
        RequireSame("teachers and test images", KeyOf(context, members), record.Key);
        RequireSame("answers of SHA-256", record.AnswersSha256, FileChecksum.Sha256(AnswersPath));
        var answers = SafetensorsFile.Read(AnswersPath).Tensors.ToDictionary(tensor => tensor.Name, LogitsTensor.Read);
        return new EnsembleMeasurement
        {
            Records = [.. record.Models.Select(model => model with { Cost = CostRecord.Of(model.TrainSeconds, context.Settings.HourlyRate) })],
            Members = [.. Enumerable.Range(0, record.Models.Count - 1).Select(place => answers[$"members/{place}"])],
            Average = answers[AverageName],
            Weights = record.Weights,
            Curve = record.Curve,
        };
    }

    /// <summary>The records alone, whatever teachers they are of; none where nothing was measured.</summary>
    /// <exception cref="DataFaultException">The file is damaged.</exception>
    public IReadOnlyList<ResultRecord> ReadRecords() => File.Exists(RecordPath) ? ReadRecord().Models : [];

    // What the answers depend on.
    private static string KeyOf(RunContext context, TeacherMembers members) => CanonicalJson.Hash(new
    {
        Teachers = members.NetworkIdentities,
        Test = context.Splits.Test.Checksum,
        Validation = context.Splits.Validation?.Checksum,
        context.Recipe.ObjectiveOptions.Averaging,
        Device = context.Device.type.ToString(),
    });

    private EnsembleRecord ReadRecord() => RecordJson.Read<EnsembleRecord>(RecordPath, "an ensemble.json of a sweep", Remedy);

    private void RequireSame(string what, string wanted, string found)
    {
        if (wanted != found)
        {
            throw new DataFaultException(folder, $"{what} {wanted}", found, Remedy);
        }
    }

    private void DeleteRecord()
    {
        try
        {
            Directory.CreateDirectory(folder);
            File.Delete(RecordPath);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(RecordPath, exception);
        }
    }
}
