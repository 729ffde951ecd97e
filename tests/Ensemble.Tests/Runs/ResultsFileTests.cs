using System.Text.Json;
using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Tests.Storage;

namespace Ensemble.Tests.Runs;

public sealed class ResultsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string ResultsPath => _folder.At("results.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_ThenRead_GivesEveryValueBack()
    {
        Samples.Results.Write(ResultsPath);

        var read = ResultsFile.Read(ResultsPath);

        Assert.Equal(CanonicalJson.Serialize(Samples.Results), CanonicalJson.Serialize(read));
        Assert.Equal(Samples.Noon, read.CreatedUtc);
        Assert.Equal(1.0 / 3, read.Models[1].Nll);
        Assert.Equal([0.8, 1, null], read.Models[1].PerClassAccuracy);
        Assert.Null(read.Models[0].Latency);
        Assert.Equal(ModelRole.Teacher, read.Models[0].Role);
    }

    [Fact]
    public void Write_Model_HasTheMembersOfTheDesign()
    {
        Samples.Results.Write(ResultsPath);

        using var document = JsonDocument.Parse(File.ReadAllText(ResultsPath));
        var model = document.RootElement.GetProperty("models")[1];
        string[] members =
        [
            "name", "role", "architecture", "parameters", "multiplyAdds", "bytes", "accuracy", "accuracyLow", "accuracyHigh", "errors",
            "count", "nll", "ece", "perClassAccuracy", "agreement", "klToEnsemble", "gainKept", "trainSeconds", "cost", "latency", "weightsSha256", "validationAccuracy",
        ];
        Assert.Equal(members, model.EnumerateObject().Select(member => member.Name));
        Assert.Equal("student", model.GetProperty("role").GetString());
        Assert.Equal(31, model.GetProperty("latency").GetProperty("batch128Milliseconds").GetDouble());
        Assert.Equal(
            JsonValueKind.Null, document.RootElement.GetProperty("models")[0].GetProperty("gainKept").ValueKind);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Write_NumbersThatAreNotFinite_NamesAllOfThemAndWritesNothing(double value)
    {
        var results = Samples.Results with { Models = [Samples.Result with { Nll = value, KlToEnsemble = value, GainKept = value }] };

        var thrown = Assert.Throws<ArgumentException>(() => results.Write(ResultsPath));

        foreach (var name in new[] { "student.nll", "student.klToEnsemble", "student.gainKept" })
        {
            Assert.Contains(name, thrown.Message, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath));
    }

    [Fact]
    public void Write_ValuesThatContradictEachOther_NamesThem()
    {
        ResultRecord[] wrong =
        [
            Samples.Result with { Accuracy = 0.91 },
            Samples.Result with { Errors = 1001 },
            Samples.Result with { AccuracyLow = 0.95 },
            Samples.Result with { Agreement = 1.5 },
            Samples.Result with { PerClassAccuracy = [double.NaN] },
            Samples.Result with { Latency = new LatencyRecord { Batch1Milliseconds = 0, Batch128Milliseconds = 1 } },
            Samples.Result with { Role = (ModelRole)9 },
        ];

        Assert.All(
            wrong,
            model => Assert.Throws<ArgumentException>(() => (Samples.Results with { Models = [model] }).Write(ResultsPath)));
        Assert.Throws<ArgumentException>(
            () => (Samples.Results with { Models = [Samples.Result, Samples.Result] }).Write(ResultsPath));
        Assert.Throws<ArgumentException>(
            () => (Samples.Results with { CreatedUtc = Samples.Noon.ToOffset(TimeSpan.FromHours(2)) }).Write(ResultsPath));
    }

    [Theory]
    [InlineData("\"nll\": 0.3333333333333333", "\"nll\": 1e999", "nll")]
    [InlineData("\"role\": \"student\"", "\"role\": \"pupil\"", "role")]
    [InlineData("\"role\": \"student\"", "\"role\": 3", "role")]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2", "schemaVersion must be 1, is 2")]
    [InlineData("\"errors\": 100,", "", "errors")]
    [InlineData("\"recipe\": \"quickstart\"", "\"recipe\": null", "recipe")]
    public void Read_ValueThatCannotBe_IsADataFaultNamingIt(string sound, string broken, string named)
    {
        Samples.Results.Write(ResultsPath);
        var text = File.ReadAllText(ResultsPath);
        Assert.Contains(sound, text, StringComparison.Ordinal);
        File.WriteAllText(ResultsPath, text.Replace(sound, broken, StringComparison.Ordinal));

        var fault = Assert.Throws<DataFaultException>(() => ResultsFile.Read(ResultsPath));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedFiles_IsADataFaultOrSound()
    {
        Samples.Results.Write(ResultsPath);
        var valid = File.ReadAllBytes(ResultsPath);
        var faults = 0;
        for (var seed = 0UL; seed < 1000; seed++)
        {
            File.WriteAllBytes(ResultsPath, Mutation.Apply(valid, seed));
            try
            {
                ResultsFile.Read(ResultsPath).Write(_folder.At("again.json"));
            }
            catch (DataFaultException)
            {
                faults++;
            }
        }

        Assert.InRange(faults, 500, 999);
    }
}
