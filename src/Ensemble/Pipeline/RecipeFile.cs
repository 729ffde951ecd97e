using System.Text.Json;
using Ensemble.Pipeline.Sweeps;
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
    /// <returns>
    /// The recipe, valid; relative paths in it are as they were written. That of a run of a sweep becomes one for a run of its own,
    /// which is brought the sweep's teachers from where they lie.
    /// </returns>
    /// <exception cref="DataFaultException">
    /// The file is missing, is no recipe, or a value is out of range; or it is a run's of a sweep that it does not lie in.
    /// </exception>
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
            return recipe.SharedFolder is { } shared ? OnItsOwn(recipe, Path.GetFullPath(shared, Path.GetDirectoryName(Path.GetFullPath(path))!)) : recipe;
        }
        catch (ArgumentException exception)
        {
            throw new DataFaultException(path, Expected, exception.Message, "correct it", exception);
        }
    }

    private static DistillationRecipe OnItsOwn(DistillationRecipe recipe, string sweep) => recipe with
    {
        SharedFolder = null,
        BroughtTeachers = SweepFolder.Open(sweep).Resolve(recipe.BroughtTeachers ?? []),
    };
}
