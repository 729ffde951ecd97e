using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>
/// Where the parts of a sweep lie: the teachers and what comes of them once, then a folder like that of any run for each of its
/// runs. Nothing in it names another place, so that it can be moved.
/// </summary>
public sealed class SweepFolder
{
    private const string RunsName = "runs";

    private SweepFolder(string path) => RootPath = Path.GetFullPath(path);

    /// <summary>The sweep's folder, absolute.</summary>
    public string RootPath { get; }

    /// <summary>sweep.json: a <see cref="RunManifest"/> whose recipe is a <see cref="SweepRecipe"/>.</summary>
    public string ManifestPath => Path.Combine(RootPath, "sweep.json");

    /// <summary>sweep-results.json: the <see cref="SweepResults"/>.</summary>
    public string ResultsPath => Path.Combine(RootPath, "sweep-results.json");

    /// <summary>results.csv: the rows of the same.</summary>
    public string CsvPath => Path.Combine(RootPath, "results.csv");

    /// <summary>results.md: the table for people.</summary>
    public string MarkdownPath => Path.Combine(RootPath, "results.md");

    /// <summary>The folder of the runs' folders.</summary>
    public string RunsPath => Path.Combine(RootPath, RunsName);

    /// <summary>What the runs share, where any run has it: the teachers' folders and the soft targets.</summary>
    internal RunFolder Shared => RunFolder.At(RootPath);

    /// <summary>The folder of the teachers' answers on the test images.</summary>
    internal string EnsemblePath => EnsemblePathOf(Shared);

    /// <summary>The same, of what the runs share.</summary>
    internal static string EnsemblePathOf(RunFolder shared) => Path.Combine(shared.RootPath, StageKey.Ensemble);

    /// <summary>Whether a folder is that of a sweep that was begun.</summary>
    /// <param name="path">The folder.</param>
    public static bool IsOne(string path) => File.Exists(new SweepFolder(path).ManifestPath);

    /// <summary>Opens the folder of a sweep that was begun before; creates nothing.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="DataFaultException">There is no sweep.json.</exception>
    public static SweepFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = new SweepFolder(path);
        return File.Exists(folder.ManifestPath)
            ? folder
            : throw new DataFaultException(
                folder.RootPath, "the folder of a sweep", "no sweep.json", "name the folder of a sweep; a run of a sweep stays in the sweep's folder runs, for its teachers are there");
    }

    /// <summary>Takes a folder for a sweep, new or begun before; creates it if missing.</summary>
    /// <param name="path">The folder; teachers, soft targets and runs that were made elsewhere may lie in it already.</param>
    /// <exception cref="MachineFaultException">The folder holds other things and no sweep.json, or cannot be created.</exception>
    public static SweepFolder Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = new SweepFolder(path);
        try
        {
            Directory.CreateDirectory(folder.RootPath);
            if (!IsOne(path) && folder.FindStrangeEntry() is { } entry)
            {
                throw new MachineFaultException(folder.RootPath, $"no sweep (it has no sweep.json) but not empty (it holds {entry})", "name a new or empty folder");
            }
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(folder.RootPath, exception);
        }

        return folder;
    }

    /// <summary>Where a run of the sweep lies.</summary>
    /// <param name="name">The run's name; see <see cref="SweepCell"/>.</param>
    /// <returns>The path; the folder need not exist.</returns>
    public string RunPath(string name) => Path.Combine(RunsPath, name);

    /// <summary>Begins the sweep, or holds one that was begun against the manifest.</summary>
    /// <returns>The manifest that the folder now holds.</returns>
    /// <exception cref="DataFaultException">The folder holds a sweep of another recipe or of other data.</exception>
    internal RunManifest Begin(RunManifest manifest)
    {
        if (!File.Exists(ManifestPath))
        {
            manifest.Write(ManifestPath);
            return manifest;
        }

        var begun = RunManifest.Read(ManifestPath);
        manifest.RequireSame(begun, ManifestPath, "sweep");
        return begun;
    }

    /// <summary>Holds the sweep against other processes.</summary>
    /// <exception cref="MachineFaultException">Another process holds it, or the folder cannot be written.</exception>
    internal FolderLock Lock() => FolderLock.Acquire(RootPath);

    /// <summary>Holds the sweep against those who want all of it, beside others who do parts of it.</summary>
    /// <exception cref="MachineFaultException">Another process holds all of it, or the folder cannot be written.</exception>
    internal FolderLock LockShared() => FolderLock.AcquireShared(RootPath);

    /// <summary>The teachers with their paths made absolute: relative ones begin at the sweep's folder.</summary>
    internal IReadOnlyList<BroughtTeacher> Resolve(IReadOnlyList<BroughtTeacher> teachers) =>
        [.. teachers.Select(teacher => teacher with { Path = Path.GetFullPath(teacher.Path, RootPath) })];

    /// <summary>Copies a baseline that another run of the sweep has.</summary>
    /// <param name="recipeHash">The hash of what determines its weights.</param>
    /// <param name="target">Where to.</param>
    /// <returns>Whether there was one.</returns>
    internal bool CopyBaseline(string recipeHash, string target)
    {
        var source = !Directory.Exists(RunsPath) ? null : Directory.EnumerateDirectories(RunsPath).Order(StringComparer.Ordinal)
            .Select(run => RunFolder.At(run).BaselinePath)
            .FirstOrDefault(folder => folder != Path.GetFullPath(target) && IsOf(folder, recipeHash));
        if (source is null)
        {
            return false;
        }

        ModelFile.Copy(source, target);
        return true;
    }

    // The weights' checksum only where the record, which is small, says that it is the one.
    private static bool IsOf(string folder, string recipeHash)
    {
        try
        {
            return File.Exists(Path.Combine(folder, ModelFile.RecordName)) && ModelFile.Read(folder).RecipeHash == recipeHash && ModelFile.IsFinished(folder, recipeHash);
        }
        catch (DataFaultException)
        {
            // A damaged one is no source; its own run makes it anew.
            return false;
        }
    }

    private string? FindStrangeEntry() =>
        Directory.EnumerateFileSystemEntries(RootPath)
            .Select(entry => Path.GetFileName(entry))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault(name => name is not (FolderLock.LockName or FolderLock.OwnerName or RunsName or StageKey.Ensemble or "teachers" or StageKey.SoftTargets)
                && !(name.StartsWith('.') && name.EndsWith(".tmp", StringComparison.Ordinal)));
}
