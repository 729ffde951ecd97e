using System.CommandLine;
using System.Globalization;
using Ensemble.Pipeline;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Runs;

namespace Ensemble.Cli.Commands;

/// <summary>Turns paths that a person typed into teachers that are brought along.</summary>
internal static class BroughtFlags
{
    private static readonly string[] s_kinds = [".safetensors", ".csv", ".npz"];

    /// <summary>The teachers that were named.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="flags">The flags that name them.</param>
    /// <exception cref="UsageException">Bare weights without an architecture, or a normalisation that is none.</exception>
    /// <exception cref="DataFaultException">A path is nothing, or a run's teachers are not trained.</exception>
    public static IReadOnlyList<BroughtTeacher> Read(ParseResult parsed, DistillFlags flags)
    {
        var mean = Numbers(parsed, flags.WeightsMean);
        var std = Numbers(parsed, flags.WeightsStd);
        return
        [
            .. Read(parsed, parsed.GetValue(flags.TeachersFrom) ?? [], flags.Teacher).Select(teacher => teacher with
            {
                HardConfidence = parsed.GetValue(flags.HardConfidence),
                AllowOtherImages = parsed.GetValue(flags.OfOtherImages),
                Mean = teacher.Architecture is null ? null : mean,
                Std = teacher.Architecture is null ? null : std,
            }),
        ];
    }

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

    // A run or a sweep stands for all of the teachers that it trained.
    private static IReadOnlyList<string> Expand(string path)
    {
        if (!Path.Exists(path))
        {
            throw new DataFaultException(path, "a run's or model's folder, weights, or a file of answers", "nothing", "check the path");
        }

        if (!Directory.Exists(path) || !(RunFolder.IsOne(path) || SweepFolder.IsOne(path)))
        {
            return Directory.Exists(path) || s_kinds.Contains(Path.GetExtension(path).ToLowerInvariant())
                ? [path]
                : throw new DataFaultException(path, $"a folder, or a file {string.Join(", ", s_kinds)}", "a file of another kind", "write PyTorch's weights as safetensors first: safetensors.torch.save_file(network.state_dict(), 'network.safetensors')");
        }

        var count = CountTeachers(path);
        if (count == 0 && RunFolder.IsOne(path) && RunExport.DefaultModel(RunFolder.Open(path)) is RunExport.Baseline)
        {
            return [RunFolder.Open(path).BaselinePath];
        }

        var teachers = Enumerable.Range(0, count).Select(index => Path.Combine(path, StageKey.Teacher(index))).ToArray();
        var trained = teachers.Count(folder => File.Exists(Path.Combine(folder, ModelFile.RecordName)));
        return count > 0 && trained == count
            ? teachers
            : throw new DataFaultException(path, count > 0 ? $"a run with its {count} teachers trained" : "a run with teachers", $"{trained}", "train them first, or name models' folders");
    }

    private static int CountTeachers(string path)
    {
        if (SweepFolder.IsOne(path))
        {
            var sweep = SweepFolder.Open(path);
            return RunManifest.Read(sweep.ManifestPath).ReadRecipe<SweepRecipe>(sweep.ManifestPath).TeacherCount;
        }

        var run = RunFolder.Open(path);
        return RunManifest.Read(run.ManifestPath).ReadRecipe<DistillationRecipe>(run.ManifestPath).TeacherCount;
    }

    private static bool IsBareWeights(string path) => path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    private static double[]? Numbers(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } typed)
        {
            return null;
        }

        var parts = typed.Split(',');
        var numbers = parts.Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToArray();
        return numbers.All(double.IsFinite) ? numbers : throw new UsageException($"{option.Name}: must be numbers with commas between them, is {typed}");
    }
}
