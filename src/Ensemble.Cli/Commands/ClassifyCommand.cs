using System.CommandLine;
using Ensemble.Classification;
using Ensemble.Cli.Arguments;
using Ensemble.Cli.Rendering;

namespace Ensemble.Cli.Commands;

/// <summary><c>classify</c>: what a trained or exported model says of image files.</summary>
internal static class ClassifyCommand
{
    private const string NamesFromInput = "-";
    private const int DefaultTop = 3;
    private const int MostTop = 1000;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var model = new Argument<string>("MODEL") { Description = "A run's folder (its student), a model's folder, or an ONNX file that was exported here" };
        var images = new Argument<string[]>("IMAGE") { Description = "Image files, folders of them, or - for names from standard input, one a line", Arity = ArgumentArity.OneOrMore };
        var top = Flag.Number("--top", "K", "How many classes are told of each image", Between(1, MostTop), DefaultTop);
        var batch = Flag.Number("--batch-size", "N", "Images that are computed together", Between(1, 4096), ImageClassifier.DefaultBatchSize);
        var command = new DocumentedCommand(
            "classify",
            "Tells the most probable classes of images: a table in a terminal, a line of JSON an image elsewhere.",
            ["classify runs/cifar10 cat.png", "classify runs/cifar10/teachers/0 photos/ --top 5", "classify model.onnx - --batch-size 256"])
        {
            model, images, top, batch,
        };
        command.SetAction(parsed =>
        {
            using var classifier = ImageClassifier.Load(parsed.GetRequiredValue(model));
            var files = parsed.GetRequiredValue(images).SelectMany(image => Expand(context, image));
            return Run(context, classifier.ClassifyMany(files, parsed.GetRequiredValue(batch)), parsed.GetRequiredValue(top));
        });
        return command;
    }

    private static NumberRule<int> Between(int fewest, int most) => new(count =>
    {
        if (count < fewest || count > most)
        {
            throw new ArgumentException($"must be {fewest} to {most}, is {count}");
        }
    });

    private static IEnumerable<string> Expand(CommandContext context, string image) =>
        image == NamesFromInput ? Lines(context.Input) : Directory.Exists(image) ? ImageSearch.Find(image) : [image];

    private static IEnumerable<string> Lines(TextReader input)
    {
        while (input.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    private static int Run(CommandContext context, IEnumerable<FileAnswer> answers, int top)
    {
        var isTable = context.Output.IsLive();
        var rows = new List<string[]>();
        var broken = 0;
        foreach (var answer in answers)
        {
            if (context.Stop.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }

            if (answer.Fault is not null)
            {
                broken++;
                context.Error.WritePlainLine($"error: {answer.Path}: expected an image, found {answer.Fault}");
            }

            if (!isTable)
            {
                context.Output.WritePlainLine(AnswerText.Json(answer, top));
            }
            else if (answer.Answer is { } found)
            {
                rows.Add(AnswerText.Row(answer.Path, found, top));
            }
        }

        if (isTable && rows.Count > 0)
        {
            TextTable.Write(context.Output, AnswerText.Columns, rows);
        }

        return broken == 0 ? ExitCode.Success : ExitCode.Fault;
    }
}
