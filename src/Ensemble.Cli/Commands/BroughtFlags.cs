using System.CommandLine;
using Ensemble.Pipeline;
using Ensemble.Runs;

namespace Ensemble.Cli.Commands;

/// <summary>Turns paths that a person typed into teachers that are brought along.</summary>
internal static class BroughtFlags
{
    /// <summary>The teachers that were named.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="paths">The flag that names them.</param>
    /// <param name="architecture">The flag with the architecture of bare weights.</param>
    /// <param name="hardConfidence">The flag that says how hard answers are read.</param>
    /// <exception cref="UsageException">Bare weights without an architecture.</exception>
    /// <exception cref="DataFaultException">A path is nothing, or a run has no trained teachers.</exception>
    public static IReadOnlyList<BroughtTeacher> Read(ParseResult parsed, Option<string[]> paths, Option<string?> architecture, Option<double> hardConfidence) =>
        [.. Read(parsed, parsed.GetValue(paths) ?? [], architecture).Select(teacher => teacher with { HardConfidence = parsed.GetValue(hardConfidence) })];

    /// <summary>The models that were named.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="paths">Where they are.</param>
    /// <param name="architecture">The flag with the architecture of bare weights.</param>
    /// <exception cref="UsageException">Bare weights without an architecture.</exception>
    /// <exception cref="DataFaultException">A path is nothing, or a run has no trained teachers.</exception>
    public static IReadOnlyList<BroughtTeacher> Read(ParseResult parsed, IReadOnlyList<string> paths, Option<string?> architecture) =>
    [
        .. paths.SelectMany(Expand).Select(path => new BroughtTeacher
        {
            // Whole, so that the run can be continued from another folder.
            Path = Path.GetFullPath(path),
            Architecture = IsBareWeights(path)
                ? parsed.GetValue(architecture) ?? throw new UsageException($"{architecture.Name}: must name the architecture of {path}")
                : null,
        }),
    ];

    // A run stands for all of its teachers.
    private static IReadOnlyList<string> Expand(string path)
    {
        if (!Path.Exists(path))
        {
            throw new DataFaultException(path, "a run's or model's folder, weights, or a file of answers", "nothing", "check the path");
        }

        if (!Directory.Exists(path) || !RunFolder.IsOne(path))
        {
            return [path];
        }

        var run = RunFolder.Open(path);
        var teachers = Enumerable.Range(0, int.MaxValue).Select(run.TeacherPath).TakeWhile(folder => File.Exists(Path.Combine(folder, ModelFile.RecordName))).ToArray();
        return teachers.Length > 0
            ? teachers
            : throw new DataFaultException(path, "a run with trained teachers", "none", "train them first, or name a model's folder");
    }

    private static bool IsBareWeights(string path) => path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);
}
