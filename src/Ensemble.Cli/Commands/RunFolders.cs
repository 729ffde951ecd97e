using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Runs;

namespace Ensemble.Cli.Commands;

/// <summary>The runs that a person means by folders: a sweep's stands for those of its runs that have results.</summary>
internal static class RunFolders
{
    /// <summary>Reads them.</summary>
    /// <param name="context">Knows the objectives.</param>
    /// <param name="folders">Folders of runs and sweeps.</param>
    /// <exception cref="DataFaultException">There is no run, a sweep has no results yet, or a file is damaged.</exception>
    public static IReadOnlyList<RunStatus> Read(CommandContext context, IEnumerable<string> folders) =>
        [.. Expand(folders).Select(folder => RunStatus.Read(folder, context.Objectives))];

    /// <summary>The runs' folders, in a sweep's place those of its runs that have results.</summary>
    /// <exception cref="DataFaultException">A sweep has no results yet.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> folders) => [.. folders.SelectMany(Expand)];

    private static IReadOnlyList<string> Expand(string folder)
    {
        if (!SweepFolder.IsOne(folder))
        {
            return [folder];
        }

        var sweep = SweepFolder.Open(folder);
        var recipe = RunManifest.Read(sweep.ManifestPath).ReadRecipe<SweepRecipe>(sweep.ManifestPath);
        var runs = SweepCells.Of(recipe).Select(cell => sweep.RunPath(cell.Name)).Where(run => RunFolder.IsOne(run) && File.Exists(Path.Combine(run, "results.json"))).ToArray();
        return runs.Length > 0
            ? runs
            : throw new DataFaultException(sweep.RootPath, "a sweep with results", "none yet", "let a run of it end, with the command that began it");
    }
}
