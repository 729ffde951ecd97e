using Ensemble.Data;

namespace Ensemble.Tests.Data;

/// <summary>Small files in the layout of CIFAR's binary version.</summary>
internal static class CifarFiles
{
    /// <summary>Records of the given label bytes; all pixels of an image are the number of its record.</summary>
    public static byte[] Records(params byte[][] labels) =>
        [.. labels.SelectMany((bytes, record) => bytes.Concat(Enumerable.Repeat((byte)record, 3072)))];

    /// <summary>Writes a whole folder, two records in each training file and one in the test file.</summary>
    public static void WriteFolder(TemporaryFolder folder, CifarFormat format, string below)
    {
        foreach (var file in format.TrainFiles)
        {
            folder.Write(Path.Combine(below, file), Records(Label(format, 3), Label(format, 9)));
        }

        folder.Write(Path.Combine(below, format.TestFile), Records(Label(format, 8)));
        var names = string.Join('\n', TestImages.Names(format.ClassCount)) + "\n\n";
        folder.Write(Path.Combine(below, format.ClassNamesFile), [.. names.Select(character => (byte)character)]);
    }

    private static byte[] Label(CifarFormat format, byte label) =>
        format.LabelRanges.Count == 1 ? [label] : [19, label];
}
