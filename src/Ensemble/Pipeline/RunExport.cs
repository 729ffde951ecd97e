using System.Globalization;
using Ensemble.Data;
using Ensemble.Export;
using Ensemble.Runs;

namespace Ensemble.Pipeline;

/// <summary>What of a run can be exported, and where to.</summary>
public static class RunExport
{
    /// <summary>The name of the student among the models of a run.</summary>
    public const string Student = "student";

    /// <summary>The name of the network that was trained alone.</summary>
    public const string Baseline = "baseline";

    private const string TeacherPrefix = "teacher-";

    /// <summary>Where an export lands that names no folder: <c>RUN/export/student-fp32</c>.</summary>
    /// <param name="run">The run.</param>
    /// <param name="model">The model: <c>student</c>, <c>baseline</c>, <c>teacher-1</c>.</param>
    /// <param name="options">How it is exported.</param>
    /// <returns>The path; the folder need not exist.</returns>
    public static string FolderOf(RunFolder run, string model, ExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentNullException.ThrowIfNull(options);
        return Path.Combine(run.ExportPath, $"{model.ToLowerInvariant()}-{Describe(options)}");
    }

    /// <summary>The model of a run that is meant where none is named: the student, or of a run without teachers its one network.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="DataFaultException">Its run.json is damaged.</exception>
    public static string DefaultModel(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return RunManifest.Read(run.ManifestPath).ReadRecipe<DistillationRecipe>(run.ManifestPath).HasTeachers ? Student : Baseline;
    }

    /// <summary>A model of a run, after reading the run's data.</summary>
    /// <param name="run">The run.</param>
    /// <param name="model">The model, in either case: <c>student</c>, <c>baseline</c>, <c>teacher-1</c>.</param>
    /// <param name="datasets">The data sets by name.</param>
    /// <param name="dataDirectory">Where the data are now, that is, the path itself of data that a path named; null for where they were.</param>
    /// <exception cref="UnknownNameException">The run has no such model.</exception>
    /// <exception cref="DataFaultException">The model was not trained, a file is damaged, or the data are not those of the run.</exception>
    public static ExportSource Read(RunFolder run, string model, DatasetRegistry datasets, string? dataDirectory)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentNullException.ThrowIfNull(datasets);
        var manifest = RunManifest.Read(run.ManifestPath);
        var recipe = manifest.ReadRecipe<DistillationRecipe>(run.ManifestPath);
        // Before the data are read, which may take long.
        Locate(run, recipe, model.ToLowerInvariant());
        recipe = recipe.WithDataAt(dataDirectory, datasets);
        var splits = datasets.Load(recipe.Dataset, recipe.ToDatasetRequest());
        var checksum = DatasetRecords.Of(splits).Checksum;
        return checksum == manifest.Dataset.Checksum
            ? Of(run, recipe, model, splits)
            : throw new DataFaultException(recipe.Dataset, $"the run's data, of checksum {manifest.Dataset.Checksum}", checksum, "name where the run's data are, as they were then (--data-dir)");
    }

    /// <summary>A model of a run whose data are read.</summary>
    internal static ExportSource Of(RunFolder run, DistillationRecipe recipe, string model, DatasetSplits splits)
    {
        var name = model.ToLowerInvariant();
        var (folder, resultName) = Locate(run, recipe, name);
        return new ExportSource
        {
            Name = name,
            Folder = folder,
            Splits = splits,
            Result = File.Exists(run.ResultsPath) ? ResultsFile.Read(run.ResultsPath).Models.FirstOrDefault(result => result.Name == resultName) : null,
            Teachers = ModelFile.Read(folder).Teachers ?? [],
        };
    }

    /// <summary>Whether the student, as it is, was exported so.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">How.</param>
    internal static bool IsStudentDone(RunFolder run, ExportOptions options) =>
        File.Exists(Path.Combine(run.StudentPath, ModelFile.RecordName))
        && ExportedModel.IsDone(FolderOf(run, Student, options), ModelFile.Read(run.StudentPath).WeightsSha256, options);

    private static string Describe(ExportOptions options) => options.Format switch
    {
        ExportFormat.Onnx => options.Precision.ToString().ToLowerInvariant(),
        ExportFormat.Bundle => $"bundle-{options.Precision.ToString().ToLowerInvariant()}",
        _ => "safetensors",
    };

    // In the table of results teachers count from 1, and so they do here; their folders count from 0.
    private static (string Folder, string ResultName) Locate(RunFolder run, DistillationRecipe recipe, string model)
    {
        if (model is Student or Baseline)
        {
            return (model == Student ? run.StudentPath : run.BaselinePath, model);
        }

        return model.StartsWith(TeacherPrefix, StringComparison.Ordinal)
            && int.TryParse(model.AsSpan(TeacherPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= recipe.TeacherCount
            ? (run.TeacherPath(number - 1), $"teacher {number}")
            : throw new UnknownNameException("model of the run", model, [Student, Baseline, .. Enumerable.Range(1, recipe.TeacherCount).Select(index => $"{TeacherPrefix}{index}")]);
    }
}
