using Ensemble.Data;

namespace Ensemble.Pipeline;

/// <summary>Where the data of a recipe lie, which is the machine's matter.</summary>
internal static class DataLocation
{
    /// <summary>The data of a recipe, elsewhere.</summary>
    /// <param name="dataset">The recipe's data set: a name, or a path.</param>
    /// <param name="directory">The folder where those of a name were; null for the default.</param>
    /// <param name="path">Where they are now: the path itself of data that a path named; null for where they were.</param>
    /// <param name="datasets">Tells names from paths.</param>
    public static (string Dataset, string? Directory) Move(string dataset, string? directory, string? path, DatasetRegistry datasets) =>
        (path, datasets.IsPath(dataset)) switch
        {
            (null, _) => (dataset, directory),
            (_, true) => (Path.GetFullPath(path), null),
            _ => (dataset, path),
        };
}
