using System.Globalization;
using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>Where the parts of a run lie. The layout is one folder; each stage writes its own part of it.</summary>
public sealed class RunFolder
{
    private RunFolder(string path) => RootPath = System.IO.Path.GetFullPath(path);

    /// <summary>The run's folder, absolute.</summary>
    public string RootPath { get; }

    /// <summary>run.json: the <see cref="RunManifest"/>.</summary>
    public string ManifestPath => Path.Combine(RootPath, "run.json");

    /// <summary>results.json: the <see cref="ResultsFile"/>.</summary>
    public string ResultsPath => Path.Combine(RootPath, "results.json");

    /// <summary>The folder of the evaluation's answers.</summary>
    public string EvaluationPath => Path.Combine(RootPath, "evaluation");

    /// <summary>evaluation/answers.bin: the <see cref="AnswersFile"/>.</summary>
    public string AnswersPath => Path.Combine(EvaluationPath, "answers.bin");

    /// <summary>The folder of exported models' folders.</summary>
    public string ExportPath => Path.Combine(RootPath, "export");

    /// <summary>report.html: what came out, for a person.</summary>
    public string ReportPath => Path.Combine(RootPath, "report.html");

    /// <summary>The folder of the teachers' folders.</summary>
    public string TeachersPath => Path.Combine(RootPath, "teachers");

    /// <summary>The folder of the soft-target store.</summary>
    public string SoftTargetsPath => Path.Combine(RootPath, "soft-targets");

    /// <summary>The folder of the student's architecture trained without the teachers.</summary>
    public string BaselinePath => Path.Combine(RootPath, "baseline");

    /// <summary>The folder of the student.</summary>
    public string StudentPath => Path.Combine(RootPath, "student");

    /// <summary>Whether run.json is there, that is, whether the run was begun.</summary>
    public bool IsBegun => File.Exists(ManifestPath);

    private bool IsSweep => File.Exists(Path.Combine(RootPath, "sweep.json"));

    /// <summary>Whether a folder is that of a run that was begun.</summary>
    /// <param name="path">The folder.</param>
    public static bool IsOne(string path) => new RunFolder(path).IsBegun;

    /// <summary>The layout of a folder, whatever is or is not there.</summary>
    /// <param name="path">The folder.</param>
    internal static RunFolder At(string path) => new(path);

    /// <summary>Takes a folder for a run, new or begun before; creates it if missing.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The run's folder.</returns>
    /// <exception cref="MachineFaultException">
    /// The folder holds other things and no run.json, or cannot be created.
    /// </exception>
    public static RunFolder Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = new RunFolder(path);
        try
        {
            Directory.CreateDirectory(folder.RootPath);
            if (!folder.IsBegun && folder.FindStrangeEntry() is { } entry)
            {
                throw new MachineFaultException(
                    folder.RootPath,
                    $"no run (it has no run.json) but not empty (it holds {entry})",
                    "name a new or empty folder");
            }
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(folder.RootPath, exception);
        }

        return folder;
    }

    /// <summary>Opens the folder of a run that was begun before; creates nothing.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The run's folder.</returns>
    /// <exception cref="DataFaultException">There is no run.json.</exception>
    public static RunFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = new RunFolder(path);
        return folder.IsBegun
            ? folder
            : throw new DataFaultException(
                folder.RootPath,
                "the folder of a run",
                folder.IsSweep ? "that of a sweep" : "no run.json",
                folder.IsSweep ? $"name one of its runs, in {Path.Combine(folder.RootPath, "runs")}" : "name the folder of a run, or begin one");
    }

    /// <summary>The folder of one teacher.</summary>
    /// <param name="index">The teacher's number, from 0.</param>
    /// <returns>The path; the folder need not exist.</returns>
    public string TeacherPath(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return Path.Combine(TeachersPath, index.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// Begins the run: writes run.json and creates the stages' folders. A run begun before is held against the manifest
    /// and goes on with its own.
    /// </summary>
    /// <param name="manifest">What the run is to be made from.</param>
    /// <param name="teacherCount">Teachers, at least 0.</param>
    /// <returns>The manifest that the folder now holds: the given one, or the one of the run begun before.</returns>
    /// <exception cref="DataFaultException">
    /// The folder holds a run of another recipe or of other data, or its run.json is damaged.
    /// </exception>
    /// <exception cref="MachineFaultException">The folder cannot be written.</exception>
    public RunManifest Begin(RunManifest manifest, int teacherCount)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentOutOfRangeException.ThrowIfNegative(teacherCount);
        if (IsBegun)
        {
            var begun = RunManifest.Read(ManifestPath);
            manifest.RequireSame(begun, ManifestPath, "run");
            manifest = begun;
        }
        else
        {
            manifest.Write(ManifestPath);
        }

        CreateFolders(teacherCount);
        return manifest;
    }

    /// <summary>
    /// Holds the run against other processes, and removes temporary files that a killed one left in its root.
    /// </summary>
    /// <returns>The lock; dispose it to let others in. It ends with the process, however that ends.</returns>
    /// <exception cref="MachineFaultException">
    /// Another process holds the run (the message names its id), or the folder cannot be written.
    /// </exception>
    public IDisposable Lock() => FolderLock.Acquire(RootPath);

    /// <summary>Holds the run against those who want all of it, beside others who do stages of it.</summary>
    /// <returns>The lock; dispose it to let others in.</returns>
    /// <exception cref="MachineFaultException">
    /// Another process holds the whole run (the message names its id), or the folder cannot be written.
    /// </exception>
    public IDisposable LockShared() => FolderLock.AcquireShared(RootPath);

    private void CreateFolders(int teacherCount)
    {
        string[] folders = [TeachersPath, SoftTargetsPath, BaselinePath, StudentPath];
        foreach (var folder in folders.Concat(Enumerable.Range(0, teacherCount).Select(TeacherPath)))
        {
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception exception) when (DiskFault.IsOne(exception))
            {
                throw DiskFault.Unwritable(folder, exception);
            }
        }
    }

    /// <summary>
    /// The first entry that a run killed before its run.json could not have left: not a lock, not a temporary file.
    /// </summary>
    private string? FindStrangeEntry() =>
        Directory.EnumerateFileSystemEntries(RootPath)
            .Select(entry => Path.GetFileName(entry))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault(name => name is not (FolderLock.LockName or FolderLock.OwnerName)
                && !(name.StartsWith('.') && name.EndsWith(".tmp", StringComparison.Ordinal)));
}
