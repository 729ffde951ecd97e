namespace Ensemble.Experiments;

/// <summary>The folders of this repository, from wherever within it an experiment is started.</summary>
internal static class Repository
{
    /// <summary>The folder of all results.</summary>
    public static string Results => Path.Combine(Root, "experiments", "results");

    /// <summary>The page of all results.</summary>
    public static string Page => Path.Combine(Root, "experiments", "README.md");

    private static string Root => Above(Environment.CurrentDirectory) ?? Above(AppContext.BaseDirectory)
        ?? throw new DataFaultException(Environment.CurrentDirectory, "a folder of this repository", "no Ensemble.sln above it", "start the experiment in the repository");

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Ensemble.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
