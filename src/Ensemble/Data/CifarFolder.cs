using System.Text;

namespace Ensemble.Data;

/// <summary>A folder as the published binary archive of CIFAR-10 or CIFAR-100 unpacks to, or the folder above
/// it.</summary>
public static class CifarFolder
{
    private const int LongestNamesFileBytes = 1 << 16;

    /// <summary>Reads the training and the test images and the class names.</summary>
    /// <param name="directory">The folder itself, or the one that holds it under its published name.</param>
    /// <param name="format">Which of the two data sets.</param>
    /// <returns>Both splits, without validation images.</returns>
    /// <exception cref="DataFaultException">The folder or a file is missing (names all that are), or a file is
    /// faulty.</exception>
    public static DatasetSplits Load(string directory, CifarFormat format)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(format);
        var folder = FindFolder(directory, format);
        var classNames = ReadClassNames(Path.Combine(folder, format.ClassNamesFile), format);
        var train = CifarBinaryReader.Read(
            [.. format.TrainFiles.Select(file => Path.Combine(folder, file))], format, classNames);
        var test = CifarBinaryReader.Read([Path.Combine(folder, format.TestFile)], format, classNames);
        return new DatasetSplits(format.Name, train, test);
    }

    /// <summary>Counts the class names of a folder, 1 to 256: a label is one byte.</summary>
    /// <exception cref="DataFaultException">There is no file of class names, or it names too few or too
    /// many.</exception>
    internal static int CountClassNames(string folder, CifarFormat format)
    {
        var path = Path.Combine(folder, format.ClassNamesFile);
        var count = ReadLines(path).Length;
        return count is >= 1 and <= 1 + byte.MaxValue
            ? count
            : throw new DataFaultException(
                path, $"1 to {1 + byte.MaxValue} class names, one a line", $"{count}", "name a class on each line");
    }

    private static string FindFolder(string directory, CifarFormat format)
    {
        string[] files = [.. format.TrainFiles, format.TestFile, format.ClassNamesFile];
        var below = Path.Combine(directory, format.FolderName);
        var folder = Directory.Exists(below) ? below : directory;
        var missing = files.Where(file => !File.Exists(Path.Combine(folder, file))).ToArray();
        return missing.Length == 0
            ? folder
            : throw new DataFaultException(
                folder,
                $"the {files.Length} files of {format.Name} in binary form",
                Directory.Exists(folder) ? $"no {string.Join(", no ", missing)}" : "no such folder",
                $"name the folder {format.FolderName} of the unpacked binary archive, or the one above it");
    }

    private static string[] ReadClassNames(string path, CifarFormat format)
    {
        var names = ReadLines(path);
        return names.Length == format.ClassCount
            ? names
            : throw new DataFaultException(
                path, $"{format.ClassCount} class names, one a line", $"{names.Length}", DataFileReader.GetAgain);
    }

    /// <summary>The lines of a file of class names that are not empty.</summary>
    /// <exception cref="DataFaultException">It is missing, empty, or too long.</exception>
    internal static string[] ReadLines(string path)
    {
        using var reader = DataFileReader.Open(path, "a text file of class names", mayBeCompressed: false);
        if (reader.FileBytes > LongestNamesFileBytes)
        {
            throw new DataFaultException(
                path, $"at most {LongestNamesFileBytes} bytes of class names", $"{reader.FileBytes} bytes",
                DataFileReader.GetAgain);
        }

        var bytes = new byte[reader.FileBytes];
        var text = Encoding.UTF8.GetString(bytes, 0, reader.Fill(bytes));
        return text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
