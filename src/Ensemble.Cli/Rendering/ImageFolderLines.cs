using Ensemble.Data.Images;
using Spectre.Console;

namespace Ensemble.Cli.Rendering;

/// <summary>Tells what was found in a folder of images: nothing that was left out goes unsaid.</summary>
/// <param name="console">Where to.</param>
internal sealed class ImageFolderLines(IAnsiConsole console) : IProgress<ImageFolderReport>
{
    private const int MostNamed = 10;

    /// <inheritdoc/>
    public void Report(ImageFolderReport value)
    {
        console.WriteParagraph($"{value.Folder}: {value.ImageCount:N0} images; size: {value.SizeRule}; split: {value.SplitRule}");
        string[] counts =
        [
            .. Count(value.GrayCount, "gray"),
            .. Count(value.TurnedCount, "turned as their EXIF orientation says"),
            .. Count(value.ResizedCount, "resized"),
            .. Count(value.IgnoredCount, "other files and folders ignored"),
            .. Count(value.HiddenCount, "hidden ones ignored"),
        ];
        if (counts.Length > 0)
        {
            console.WriteParagraph($"  {string.Join(", ", counts)}");
        }

        foreach (var broken in value.Skipped.Take(MostNamed))
        {
            console.WriteParagraph($"  left out: {broken.Path}: {broken.Reason}");
        }

        if (value.Skipped.Count > MostNamed)
        {
            console.WriteParagraph($"  left out: {value.Skipped.Count - MostNamed} more");
        }
    }

    private static string[] Count(int count, string what) => count == 0 ? [] : [$"{count:N0} {what}"];
}
