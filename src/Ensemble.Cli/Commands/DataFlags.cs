using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Data;
using Ensemble.Data.Images;

namespace Ensemble.Cli.Commands;

/// <summary>The flags and arguments that say which data, and how to read them.</summary>
internal static class DataFlags
{
    /// <summary>What stands for a data set in the help.</summary>
    public const string NameOrPath = "NAME-or-PATH";

    private static readonly string s_policies = string.Join(" or ", Enum.GetNames<BrokenImagePolicy>()).ToLowerInvariant();

    /// <summary>A data set that is named by name or path.</summary>
    public static Argument<string> Dataset() => new(NameOrPath) { Description = "A data set's name (see data list), or the path of its folder or file" };

    /// <summary>A data set of the catalogue.</summary>
    public static Argument<string> Name() => new("NAME") { Description = "A data set's name; see data list" };

    /// <summary>The folder of the files, or the one of downloads.</summary>
    public static Option<string?> Directory() => Flag.Text(
        "--data-dir", "DIR", $"Where the data set's files are, or the folder that it was downloaded to [default: {DatasetRegistry.DefaultDataFolder}]");

    /// <summary>Refuses a folder for data that a path names, which would be of no use.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="directory">The flag of the folder.</param>
    /// <param name="data">The data set, as typed.</param>
    /// <param name="datasets">Tells names from paths.</param>
    /// <exception cref="UsageException">Both were typed.</exception>
    public static void RequireUse(ParseResult parsed, Option<string?> directory, string data, DatasetRegistry datasets)
    {
        if (Flag.IsTyped(parsed, directory) && datasets.IsPath(data))
        {
            throw new UsageException($"{directory.Name}: is for data sets that have a name; {data} is a path, and says where the data are");
        }
    }

    /// <summary>The seed that a test split is drawn by.</summary>
    public static Option<ulong> Seed() => Flag.Number(
        "--seed", "S", "What a test split is drawn by where there is none", new NumberRule<ulong>(_ => { }), new DatasetRequest().Seed);

    /// <summary>The size of a folder's images.</summary>
    public static Option<int?> ImageSize() => Flag.OptionalNumber(
        "--image-size", "N", "The height and width that all images get, in pixels [default: their own; of folders of mixed sizes from the images, at most 64]",
        new NumberRule<int>(size => new ReadingOptions { SizePixels = size }.Validate()));

    /// <summary>What becomes of broken images.</summary>
    public static Option<string?> Broken() => new("--broken")
    {
        Description = "Folders of images: stop at one that cannot be read, or leave it out [default: fail]",
        HelpName = "fail|skip",
        CustomParser = result =>
        {
            var typed = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (!Enum.GetNames<BrokenImagePolicy>().Contains(typed, StringComparer.OrdinalIgnoreCase))
            {
                result.AddError($"--broken: must be {s_policies}, is {typed}");
            }

            return typed;
        },
    };

    /// <summary>The number of validation images.</summary>
    public static Option<int> Validation() => Flag.Number(
        "--validation", "N", "Training images to leave out and measure every model on, to make choices by",
        new NumberRule<int>(count => new DatasetRequest { ValidationCount = count }.Validate()), 0);

    /// <summary>The share of the test split.</summary>
    public static Option<double?> TestShare() => Flag.OptionalNumber(
        "--test-share", "F", "Folders of images and .npz files without a test split: the share of the images that becomes one",
        new NumberRule<double>(share => new ReadingOptions { TestShare = share }.Validate()));

    /// <summary>How a person's own data are to be read.</summary>
    public static ReadingOptions ToReading(ParseResult parsed, Option<int?> imageSize, Option<string?> broken, Option<double?> testShare) => new()
    {
        SizePixels = parsed.GetValue(imageSize),
        BrokenImages = parsed.GetValue(broken) is { } policy ? Enum.Parse<BrokenImagePolicy>(policy, ignoreCase: true) : null,
        TestShare = parsed.GetValue(testShare),
    };
}
