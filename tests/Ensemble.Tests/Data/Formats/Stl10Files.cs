using Ensemble.Data.Formats;

namespace Ensemble.Tests.Data.Formats;

/// <summary>Small files in the layout of STL-10's binary version.</summary>
internal static class Stl10Files
{
    /// <summary>Four training and two test images of three classes.</summary>
    public static void WriteFolder(TemporaryFolder folder, string below)
    {
        folder.Write(Path.Combine(below, "train_X.bin"), Images(4));
        folder.Write(Path.Combine(below, "train_y.bin"), [1, 2, 3, 1]);
        folder.Write(Path.Combine(below, "test_X.bin"), Images(2));
        folder.Write(Path.Combine(below, "test_y.bin"), [3, 2]);
        folder.Write(Path.Combine(below, "class_names.txt"), [.. string.Join('\n', Names(below)).Select(letter => (byte)letter)]);
    }

    /// <summary>Images of which every value is its column, plus its channel, plus 100 in the first row.</summary>
    public static byte[] Images(int count)
    {
        var shape = Stl10Folder.ImageShape;
        return [.. from image in Enumerable.Range(0, count)
                   from channel in Enumerable.Range(0, shape.Channels)
                   from column in Enumerable.Range(0, shape.Width)
                   from row in Enumerable.Range(0, shape.Height)
                   select (byte)(column + channel + (row == 0 ? 100 : 0))];
    }

    // Under the catalogue's name there are as many as the catalogue says.
    private static string[] Names(string below) =>
        below.StartsWith("stl10", StringComparison.Ordinal) ? [.. TestImages.Names(10)] : ["bird", "car", "cat"];
}
