using System.Text.Json;
using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>A sweep's recipe as a file: the sweep.json of a sweep, or the recipe in it alone.</summary>
public static class SweepRecipeFile
{
    private const string Expected = "the sweep.json of a sweep, or a sweep's recipe";
    private const string Remedy = "name another file";
    private const long MaximumLength = 1L << 20;

    /// <summary>Reads a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The recipe, valid.</returns>
    /// <exception cref="DataFaultException">The file is missing, is no such recipe, or a value is out of range.</exception>
    public static SweepRecipe Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var content = DiskFault.ReadAllBytes(path, Expected, Remedy, MaximumLength);
        var value = RecordJson.Parse<Dictionary<string, JsonElement>>(path, content, Expected, Remedy);
        var recipe = value.ContainsKey("recipe")
            ? RunManifest.Read(path).ReadRecipe<SweepRecipe>(path)
            : RecordJson.Parse<SweepRecipe>(path, content, Expected, Remedy);
        try
        {
            recipe.Validate();
            return recipe;
        }
        catch (ArgumentException exception)
        {
            throw new DataFaultException(path, Expected, exception.Message, "correct it", exception);
        }
    }
}
