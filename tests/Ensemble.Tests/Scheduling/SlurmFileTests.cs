using Ensemble.Export;
using Ensemble.Pipeline;
using Ensemble.Scheduling;

namespace Ensemble.Tests.Scheduling;

public sealed class SlurmFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("slurm-file-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_Read_GivesTheSame()
    {
        var file = new SlurmFile
        {
            Options = new SlurmOptions { Partition = "gpu", Flags = ["--qos=high"] },
            SoftTargetShards = 4,
            EvaluationShards = 3,
            Export = new ExportRequest { Format = ExportFormat.Bundle, MayFetchRuntime = false },
            Jobs = [Job("1"), Job("2_3"), Job("5") with { Stage = "b" }],
        };
        file.Write(_folder);

        var read = SlurmFile.Read(_folder);

        Assert.Equal(("gpu", "--qos=high", 4), (read.Options.Partition, Assert.Single(read.Options.Flags), read.SoftTargetShards));
        Assert.Equal(file.Layout, read.Layout);
        Assert.Equal(3, read.Layout.EvaluationShards);
        Assert.Equal(file.Jobs, read.Jobs);
        Assert.Equal(["2_3", "5"], read.Latest().Values.Select(job => job.Id));
    }

    [Theory]
    [InlineData("1;rm -rf")]
    [InlineData("--all")]
    [InlineData("1_2_3")]
    [InlineData("_1")]
    [InlineData("")]
    public void Read_JobThatIsNoNumber_IsRefused(string id)
    {
        new SlurmFile { Options = new SlurmOptions(), SoftTargetShards = 1, Jobs = [Job("77")] }.Write(_folder);
        var path = Path.Combine(_folder, "slurm.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"77\"", $"\"{id}\"", StringComparison.Ordinal));

        Assert.Contains("must be a job's number", Assert.Throws<DataFaultException>(() => SlurmFile.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoSubmission_SaysHowToSubmit() =>
        Assert.Contains("submit the run with --engine slurm", Assert.Throws<DataFaultException>(() => SlurmFile.Read(_folder)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_FileOfAnOlderVersion_MeansNoEvaluationShardsAndNoExport()
    {
        File.WriteAllText(Path.Combine(_folder, "slurm.json"), """{"schemaVersion":1,"options":{"cpus":2,"flags":[]},"softTargetShards":2,"jobs":[]}""");

        Assert.Equal(new JobLayout { SoftTargetShards = 2 }, SlurmFile.Read(_folder).Layout);
    }

    [Theory]
    [InlineData("\"evaluationShards\": 3", "\"evaluationShards\": 0", "evaluationShards")]
    [InlineData("\"format\": \"bundle\"", "\"format\": \"tflite\"", "format")]
    public void Read_LayoutOutOfRange_IsRefused(string was, string written, string named)
    {
        new SlurmFile { Options = new SlurmOptions(), SoftTargetShards = 1, EvaluationShards = 3, Export = new ExportRequest { Format = ExportFormat.Bundle }, Jobs = [] }.Write(_folder);
        var path = Path.Combine(_folder, "slurm.json");
        var text = File.ReadAllText(path);
        Assert.Contains(was, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(was, written, StringComparison.Ordinal));

        Assert.Contains(named, Assert.Throws<DataFaultException>(() => SlurmFile.Read(_folder)).Message, StringComparison.Ordinal);
    }

    private static SlurmJob Job(string id) => new() { Stage = "a", Id = id, SubmittedUtc = DateTimeOffset.UnixEpoch, Log = "/a.log" };
}
