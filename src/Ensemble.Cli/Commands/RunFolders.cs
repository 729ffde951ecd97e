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

        var runs = RunsOf(folder).Where(run => File.Exists(Path.Combine(run, "results.json"))).ToArray();
        return runs.Length > 0
            ? runs
            : throw new DataFaultException(folder, "a sweep with results", "none yet", "let a run of it end, with the command that began it");
    }

    /// <summary>The runs of a sweep that were begun, with or without results.</summary>
    /// <param name="sweep">The sweep's folder.</param>
    /// <returns>Their folders, in that of the sweep as it was named.</returns>
    public static IReadOnlyList<string> RunsOf(string sweep)
    {
        var opened = SweepFolder.Open(sweep);
        var parent = Path.Combine(sweep, Path.GetRelativePath(opened.RootPath, opened.RunsPath));
        return Directory.Exists(parent) ? [.. Directory.EnumerateDirectories(parent).Where(RunFolder.IsOne).Order(StringComparer.Ordinal)] : [];
    }
}
