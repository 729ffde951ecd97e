using Ensemble.Runs;
using Ensemble.Tests.Storage;

namespace Ensemble.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string RunPath => _folder.At("runs", "first");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Begin_NewFolder_WritesTheManifestAndTheStagesFolders()
    {
        var run = RunFolder.Create(RunPath);
        Assert.False(run.IsBegun);

        run.Begin(Samples.Manifest, teacherCount: 2);

        var entries = Directory.GetFileSystemEntries(RunPath, "*", SearchOption.AllDirectories)
            .Select(entry => Path.GetRelativePath(RunPath, entry));
        Assert.Equal(
            ["baseline", "run.json", "soft-targets", "student", "teachers", Path.Combine("teachers", "0"), Path.Combine("teachers", "1")],
            entries.Order(StringComparer.Ordinal));
        Assert.True(run.IsBegun);
        Assert.Equal(run.TeacherPath(1), Path.Combine(RunPath, "teachers", "1"));
        Assert.Equal(run.ResultsPath, Path.Combine(RunPath, "results.json"));
        Assert.Equal(RunPath, RunFolder.Open(RunPath).RootPath);
    }

    [Fact]
    public void Begin_RunOfTheSameRecipe_GoesOnWithItsOwnManifest()
    {
        RunFolder.Create(RunPath).Begin(Samples.Manifest, 1);

        var later = Samples.Manifest with { CreatedUtc = Samples.Noon.AddDays(1) };
        var held = RunFolder.Create(RunPath).Begin(later, 1);

        Assert.Equal(Samples.Noon, held.CreatedUtc);
        Assert.Equal(Samples.Noon, RunManifest.Read(RunFolder.Open(RunPath).ManifestPath).CreatedUtc);
    }

    [Fact]
    public void Begin_RunOfAnotherRecipeOrOtherData_IsRefusedAndLeftAsItWas()
    {
        var run = RunFolder.Create(RunPath);
        run.Begin(Samples.Manifest, 1);
        var before = File.ReadAllBytes(run.ManifestPath);

        var recipe = Samples.Manifest with { Recipe = RunManifest.ToRecipeElement(new { Temperature = 5 }) };
        var data = Samples.Manifest with { Dataset = Samples.Manifest.Dataset with { Checksum = new string('0', 64) } };

        var fault = Assert.Throws<DataFaultException>(() => run.Begin(recipe, 1));
        Assert.StartsWith("a run with ", fault.Expected, StringComparison.Ordinal);
        Assert.Contains("temperature 5", fault.Expected, StringComparison.Ordinal);
        Assert.DoesNotContain("temperature 5", fault.Found, StringComparison.Ordinal);
        Assert.Contains(
            "data of checksum",
            Assert.Throws<DataFaultException>(() => run.Begin(data, 1)).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(run.ManifestPath));
    }

    [Fact]
    public void Create_FolderThatHoldsOtherThings_IsRefusedAndLeftAsItWas()
    {
        File.WriteAllText(_folder.At("thesis.tex"), "years of work");

        var fault = Assert.Throws<MachineFaultException>(() => RunFolder.Create(_folder.FullPath));

        Assert.Contains("thesis.tex", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["thesis.tex"], Directory.GetFileSystemEntries(_folder.FullPath).Select(Path.GetFileName));
    }

    [Fact]
    public void Create_FolderOfARunKilledBeforeItsManifest_IsTaken()
    {
        Directory.CreateDirectory(RunPath);
        foreach (var name in new[] { ".lock", ".lock-owner.json", ".run.json.0123.tmp" })
        {
            File.WriteAllText(Path.Combine(RunPath, name), "x");
        }

        var run = RunFolder.Create(RunPath);
        using (run.Lock())
        {
            run.Begin(Samples.Manifest, 1);
        }

        Assert.False(File.Exists(Path.Combine(RunPath, ".run.json.0123.tmp")));
    }

    [Fact]
    public void Create_FileInThePlaceOfTheFolder_IsAMachineFault()
    {
        File.WriteAllText(_folder.At("runs"), string.Empty);

        Assert.Throws<MachineFaultException>(() => RunFolder.Create(RunPath));
        Assert.Throws<MachineFaultException>(() => RunFolder.Create(_folder.At("runs")));
    }

    [Fact]
    public void Begin_FileInThePlaceOfAStage_IsAMachineFault()
    {
        var run = RunFolder.Create(RunPath);
        run.Begin(Samples.Manifest, 0);
        Directory.Delete(run.StudentPath);
        File.WriteAllText(run.StudentPath, string.Empty);

        Assert.Equal(
            run.StudentPath, Assert.Throws<MachineFaultException>(() => run.Begin(Samples.Manifest, 0)).Subject);
    }

    [Fact]
    public void Open_NoRun_IsADataFaultAndCreatesNothing()
    {
        Assert.Throws<DataFaultException>(() => RunFolder.Open(RunPath));

        Assert.False(Directory.Exists(RunPath));
    }

    [Fact]
    public void Lock_SecondTime_IsRefusedUntilTheFirstIsDisposed()
    {
        var run = RunFolder.Create(RunPath);
        using (run.Lock())
        {
            Assert.Throws<MachineFaultException>(() => RunFolder.Create(RunPath).Lock());
        }

        using var again = run.Lock();
    }
}
