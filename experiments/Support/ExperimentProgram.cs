namespace Ensemble.Experiments;

/// <summary>An experiment as a program of its own: dotnet run experiments/NAME.cs -- [--quick] [--data-dir DIR] [--runs DIR].</summary>
public static class ExperimentProgram
{
    private const string Usage = "[--quick] [--data-dir DIR] [--runs DIR]";

    /// <summary>Does the experiment.</summary>
    /// <param name="experiment">Which.</param>
    /// <param name="arguments">What was typed.</param>
    /// <param name="output">Takes lines.</param>
    /// <param name="error">Takes faults.</param>
    /// <returns>0 done, 1 a fault, 2 what was typed cannot be meant.</returns>
    public static int Run(IExperiment experiment, IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        if (Parse(arguments) is not { } options)
        {
            error.WriteLine($"usage: {experiment.Name}.cs -- {Usage}");
            return 2;
        }

        try
        {
            ExperimentSuite.Run(experiment, options, output.WriteLine);
            return 0;
        }
        catch (EnsembleException exception)
        {
            error.WriteLine($"error: {exception.Message}");
            return 1;
        }
    }

    private static ExperimentOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new ExperimentOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var value = index + 1 < arguments.Count ? arguments[index + 1] : null;
            switch (arguments[index])
            {
                case "--quick":
                    options = options with { IsQuick = true };
                    break;
                case "--data-dir" when value is not null:
                    (options, index) = (options with { DataDirectory = value }, index + 1);
                    break;
                case "--runs" when value is not null:
                    (options, index) = (options with { RunsDirectory = value }, index + 1);
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
