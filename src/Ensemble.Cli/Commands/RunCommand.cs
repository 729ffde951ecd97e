using Ensemble.Acceleration;
using Ensemble.Cli.Rendering;
using Ensemble.Pipeline;
using Ensemble.Runs;

namespace Ensemble.Cli.Commands;

/// <summary>What every command that makes a run does, once it has a recipe.</summary>
internal static class RunCommand
{
    private const string OutFlag = "--out";

    /// <summary>Does the run, shows how it goes and what came out.</summary>
    /// <param name="context">The world outside.</param>
    /// <param name="recipe">What to do.</param>
    /// <param name="folder">Where.</param>
    /// <param name="settings">What changes no weights.</param>
    /// <returns>The exit code.</returns>
    public static int Run(CommandContext context, DistillationRecipe recipe, string folder, RunSettings settings)
    {
        Validate(context, recipe);
        context.Output.WritePlainLine($"run folder: {Path.GetFullPath(folder)}");
        context.Output.WritePlainLine($"reading the data set {recipe.Dataset} ...");
        try
        {
            // The export comes last, on its own: should it fail, what was measured has been shown.
            var results = Watch(context, observer => Pipeline(context).Run(recipe, folder, settings with { Export = null }, observer, context.Stop));
            Show(context, results, folder);
            Report(context, folder);
            if (settings.Export is not null)
            {
                RunStage(context, folder, StageKey.Export, settings);
            }

            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (context.Stop.IsCancellationRequested)
        {
            context.Error.WritePlainLine($"stopped; finished stages and checkpoints are kept, and this continues the run: {Continuation(context.Arguments, folder)}");
            return ExitCode.Interrupted;
        }
    }

    // The pipeline asks the same; here it is asked before anything is announced.
    private static void Validate(CommandContext context, DistillationRecipe recipe)
    {
        try
        {
            recipe.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message);
        }

        context.Objectives.Create(recipe.Objective, recipe.ObjectiveOptions);
        foreach (var architecture in new[] { recipe.Teacher, recipe.Student }.OfType<string>())
        {
            context.Models.Require(architecture);
        }

        DeviceSelector.Resolve(recipe.Device);
    }

    /// <summary>Makes the run's folder and names its stages, as commands.</summary>
    /// <param name="context">The world outside.</param>
    /// <param name="recipe">What to do.</param>
    /// <param name="folder">Where.</param>
    /// <param name="settings">What changes no weights.</param>
    /// <returns>The exit code.</returns>
    public static int Begin(CommandContext context, DistillationRecipe recipe, string folder, RunSettings settings)
    {
        foreach (var stage in MakeFolder(context, recipe, folder, settings))
        {
            WriteStage(context, folder, stage, settings);
        }

        return ExitCode.Success;
    }

    /// <summary>Writes the command that does a stage.</summary>
    /// <param name="context">The world outside.</param>
    /// <param name="folder">The folder of the run or sweep that has the stage.</param>
    /// <param name="stage">Its key.</param>
    /// <param name="settings">What changes no weights.</param>
    public static void WriteStage(CommandContext context, string folder, string stage, RunSettings settings)
    {
        var how = stage == StageKey.Export && settings.Export is { } export ? $" {StudentExportFlags.ToArguments(export)}" : "";
        context.Output.WritePlainLine($"{CommandContext.Launcher} run stage {Quote(folder)} {stage}{how}");
    }

    /// <summary>Makes the run's folder, or holds the one that is there against the recipe.</summary>
    /// <param name="context">The world outside.</param>
    /// <param name="recipe">What to do.</param>
    /// <param name="folder">Where.</param>
    /// <param name="settings">What changes no weights.</param>
    /// <returns>The keys of the stages, in order.</returns>
    public static IReadOnlyList<string> MakeFolder(CommandContext context, DistillationRecipe recipe, string folder, RunSettings settings)
    {
        Validate(context, recipe);
        return Watch(context, observer => Pipeline(context).Begin(recipe, folder, settings, observer, context.Stop));
    }

    /// <summary>Does one stage of a run that was begun, and shows how it goes.</summary>
    /// <param name="context">The world outside.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="key">The stage.</param>
    /// <param name="settings">What changes no weights.</param>
    public static void RunStage(CommandContext context, string folder, string key, RunSettings settings) => Watch(context, observer =>
    {
        Pipeline(context).RunStage(folder, key, settings, observer, context.Stop);
        return 0;
    });

    /// <summary>The pipeline over everything that has a name.</summary>
    public static DistillationPipeline Pipeline(CommandContext context) => new(context.Datasets, context.Models, context.Objectives, context.Clock);

    /// <summary>Shows how something goes: bars on a terminal, lines elsewhere.</summary>
    /// <param name="context">The world outside.</param>
    /// <param name="run">What is watched.</param>
    /// <param name="hidesFinished">Whether the bars of finished stages go, for they are many.</param>
    /// <typeparam name="T">What comes out.</typeparam>
    public static T Watch<T>(CommandContext context, Func<IPipelineObserver, T> run, bool hidesFinished = false) =>
        context.Output.IsLive() ? LiveObserver.Watch(context.Output, run, hidesFinished) : run(new PlainObserver(context.Output));

    private static void Show(CommandContext context, ResultsFile results, string folder)
    {
        context.Output.WritePlainLine("");
        ResultsTable.Write(context.Output, results.Models);
        context.Output.WritePlainLine("");
        if (results.Models.Any(model => model.Role == ModelRole.Student) && results.Models.Any(model => model.Role == ModelRole.Ensemble))
        {
            context.Output.WriteParagraph(GainSentence.Describe(results.Models));
        }

        context.Output.WriteParagraph(CostSentence.Describe(results));
        context.Output.WritePlainLine($"the run's folder: {Path.GetFullPath(folder)}");
    }

    /// <summary>Writes the page of a run or sweep, which is done and stays so where its page cannot be drawn.</summary>
    /// <param name="context">The world outside.</param>
    /// <param name="folder">The folder.</param>
    public static void Report(CommandContext context, string folder)
    {
        try
        {
            ReportCommand.Write(context, [folder], Path.Combine(folder, "report.html"));
        }
        catch (EnsembleException exception)
        {
            context.Error.WritePlainLine($"no report: {exception.Message}");
        }
    }

    /// <summary>The command that continues a run or sweep.</summary>
    /// <param name="arguments">What was typed.</param>
    /// <param name="folder">The folder.</param>
    public static string Continuation(IReadOnlyList<string> arguments, string folder)
    {
        var isNamed = arguments.Any(argument => argument.StartsWith(OutFlag, StringComparison.Ordinal));
        var words = isNamed ? arguments : [.. arguments, OutFlag, folder];
        return string.Join(' ', words.Prepend(CommandContext.Launcher).Select(Quote));
    }

    /// <summary>A word as a shell reads it.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:=,+@%".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
