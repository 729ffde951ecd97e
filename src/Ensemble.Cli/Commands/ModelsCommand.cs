using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;
using Ensemble.Data;
using Ensemble.Models;

namespace Ensemble.Cli.Commands;

/// <summary><c>models</c>: the architectures and what they cost.</summary>
internal static class ModelsCommand
{
    private const int ClassCount = 10;
    private static readonly ImageShape Input = new(3, 32, 32);

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new DocumentedCommand(
            "models", "Lists the architectures, with what they cost on images of 3x32x32 and 10 classes.", ["models"]);
        command.SetAction(_ => Run(context));
        return command;
    }

    private static int Run(CommandContext context)
    {
        var rows = context.Models.Families.SelectMany(family => family.Examples).Select(name => Row(context.Models, name));
        TextTable.Write(
            context.Output,
            [new TextColumn("name"), new TextColumn("parameters", IsNumber: true), new TextColumn("multiply-adds", IsNumber: true)],
            [.. rows]);
        context.Output.WritePlainLine("");
        context.Output.WritePlainLine($"for images of {Input} and {ClassCount} classes; every name of these forms will do:");
        foreach (var family in context.Models.Families)
        {
            context.Output.WritePlainLine($"  {family.Pattern}");
            context.Output.WritePlainLine($"      {family.Description}");
        }

        return ExitCode.Success;
    }

    private static string[] Row(ModelRegistry models, string name)
    {
        using var network = models.Create(name, Input, ClassCount, 0);
        var cost = ModelCost.Measure(network, Input);
        return [name, $"{cost.Parameters:N0}", $"{cost.MultiplyAdds:N0}"];
    }
}
