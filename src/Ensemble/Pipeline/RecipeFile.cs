using System.Text.Json;
using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Pipeline;

/// <summary>A recipe as a file: the run.json of a run, or the recipe in it alone.</summary>
public static class RecipeFile
{
    private const string Expected = "the run.json of a run, or a recipe";
    private const string Remedy = "name another file";
    private const long MaximumLength = 1L << 20;

    /// <summary>Reads a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The recipe, valid; relative paths in it are as they were written.</returns>
    /// <exception cref="DataFaultException">The file is missing, is no recipe, or a value is out of range.</exception>
    public static DistillationRecipe Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var content = DiskFault.ReadAllBytes(path, Expected, Remedy, MaximumLength);
        var value = RecordJson.Parse<Dictionary<string, JsonElement>>(path, content, Expected, Remedy);
        var recipe = value.ContainsKey("recipe")
            ? RunManifest.Read(path).ReadRecipe<DistillationRecipe>(path)
            : RecordJson.Parse<DistillationRecipe>(path, content, Expected, Remedy);
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
