using Ensemble.Runs;
using Ensemble.Storage;
using Ensemble.Tests.Storage;

namespace Ensemble.Tests.Runs;

public sealed class RunManifestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string ManifestPath => _folder.At("run.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_ThenRead_GivesEveryValueAndTheRecipeBack()
    {
        Samples.Manifest.Write(ManifestPath);

        var read = RunManifest.Read(ManifestPath);

        Assert.Equal(CanonicalJson.Serialize(Samples.Manifest), CanonicalJson.Serialize(read));
        Assert.Equal(Samples.Manifest.RecipeHash, read.RecipeHash);
        var recipe = read.ReadRecipe<SampleRecipe>(ManifestPath);
        Assert.Equal(4, recipe.Temperature);
        Assert.Equal([0.1, 0.9], recipe.Alphas);
        Assert.Equal("été", recipe.Label);
        Assert.Equal(["ensemble", "distill", "--name", "a b"], read.CommandLine);
    }

    [Fact]
    public void ReadRecipe_OfAnotherForm_IsADataFault() =>
        Assert.Throws<DataFaultException>(() => Samples.Manifest.ReadRecipe<ModelRecord>("run.json"));

    [Fact]
    public void ToRecipeElement_NumberThatIsNotFinite_IsTheCallersMistake() =>
        Assert.Throws<ArgumentException>(
            () => RunManifest.ToRecipeElement(new SampleRecipe { Temperature = double.NaN, Alphas = [], Label = "x" }));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\0\0\0\0")]
    public void Read_NoManifest_IsADataFaultWithTheRemedy(string content)
    {
        File.WriteAllText(ManifestPath, content);

        var fault = Assert.Throws<DataFaultException>(() => RunManifest.Read(ManifestPath));

        Assert.Equal(ManifestPath, fault.Path);
        Assert.Contains("another folder", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SavedByAnEditorWithAByteOrderMark_IsRead()
    {
        Samples.Manifest.Write(ManifestPath);
        File.WriteAllBytes(ManifestPath, [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(ManifestPath)]);

        Assert.Equal(Samples.Manifest.RecipeHash, RunManifest.Read(ManifestPath).RecipeHash);
    }

    [Fact]
    public void Read_DamagedFiles_IsADataFaultOrSound()
    {
        Samples.Manifest.Write(ManifestPath);
        var valid = File.ReadAllBytes(ManifestPath);
        var faults = 0;
        for (var seed = 0UL; seed < 1000; seed++)
        {
            File.WriteAllBytes(ManifestPath, Mutation.Apply(valid, seed));
            try
            {
                RunManifest.Read(ManifestPath).Write(_folder.At("again.json"));
            }
            catch (DataFaultException)
            {
                faults++;
            }
        }

        Assert.InRange(faults, 300, 999);
    }
}
