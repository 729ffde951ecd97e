namespace Ensemble.Data;

/// <summary>Reads the binary files of CIFAR-10 and CIFAR-100.</summary>
public static class CifarBinaryReader
{
    private const int RecordsAtOnce = 256;

    /// <summary>Reads files, one after another, into one data set.</summary>
    /// <param name="paths">The files, at least one.</param>
    /// <param name="format">The layout of their records.</param>
    /// <param name="classNames">A name for each class of <paramref name="format"/>.</param>
    /// <returns>The images in the order of the files; their source is the first file's folder.</returns>
    /// <exception cref="DataFaultException">A file is missing, empty, no whole number of records, or holds a label out
    /// of range.</exception>
    /// <exception cref="ArgumentException">There are no paths, or the class names are not as many as the format has
    /// classes.</exception>
    public static ImageDataset Read(IReadOnlyList<string> paths, CifarFormat format, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count, nameof(paths));
        ArgumentOutOfRangeException.ThrowIfNotEqual(classNames.Count, format.ClassCount, nameof(classNames));
        var readers = new List<DataFileReader>(paths.Count);
        try
        {
            foreach (var path in paths)
            {
                readers.Add(DataFileReader.Open(path, $"a binary file of {format.Name}", mayBeCompressed: false));
            }

            return ReadAll(readers, format, classNames);
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    private static ImageDataset ReadAll(
        List<DataFileReader> readers, CifarFormat format, IReadOnlyList<string> classNames)
    {
        var imageBytes = CifarFormat.ImageShape.ValueCount;
        var total = readers.Sum(reader => CountRecords(reader, format));
        if (total * imageBytes > Array.MaxLength)
        {
            throw new DataFaultException(
                readers[0].Path,
                $"at most {Array.MaxLength / imageBytes} images in the {readers.Count} files of the split",
                $"{total}",
                DataFileReader.GetAgain);
        }

        var pixels = new byte[total * imageBytes];
        var labels = new int[total];
        var done = 0;
        foreach (var reader in readers)
        {
            var count = (int)CountRecords(reader, format);
            ReadRecords(reader, format, pixels.AsSpan(done * imageBytes), labels.AsSpan(done, count));
            done += count;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(readers[0].Path)) ?? readers[0].Path;
        return new ImageDataset(CifarFormat.ImageShape, pixels, labels, classNames, folder);
    }

    private static long CountRecords(DataFileReader reader, CifarFormat format)
    {
        var (count, excess) = Math.DivRem(reader.FileBytes, format.RecordBytes);
        return excess == 0
            ? count
            : throw new DataFaultException(
                reader.Path,
                $"whole records of {format.RecordBytes} bytes ({format.Name})",
                $"{reader.FileBytes} bytes, {count} records and {excess} bytes more",
                DataFileReader.GetAgain);
    }

    private static void ReadRecords(DataFileReader reader, CifarFormat format, Span<byte> pixels, Span<int> labels)
    {
        var imageBytes = CifarFormat.ImageShape.ValueCount;
        var labelBytes = format.LabelRanges.Count;
        var buffer = new byte[Math.Min(RecordsAtOnce, labels.Length) * format.RecordBytes];
        for (var index = 0; index < labels.Length; index++)
        {
            var inBuffer = index % RecordsAtOnce;
            if (inBuffer == 0)
            {
                FillRecords(
                    reader, buffer.AsSpan(0, Math.Min(RecordsAtOnce, labels.Length - index) * format.RecordBytes));
            }

            var record = buffer.AsSpan(inBuffer * format.RecordBytes, format.RecordBytes);
            RequireLabels(reader, format, record, index);
            labels[index] = record[labelBytes - 1];
            record[labelBytes..].CopyTo(pixels[(index * imageBytes)..]);
        }
    }

    private static void FillRecords(DataFileReader reader, Span<byte> records)
    {
        if (reader.Fill(records) < records.Length)
        {
            throw new DataFaultException(
                reader.Path, $"{reader.FileBytes} bytes, as when it was opened", "fewer",
                "let nothing write to it, and try again");
        }
    }

    private static void RequireLabels(DataFileReader reader, CifarFormat format, ReadOnlySpan<byte> record, int index)
    {
        for (var position = 0; position < format.LabelRanges.Count; position++)
        {
            if (record[position] >= format.LabelRanges[position])
            {
                throw new DataFaultException(
                    reader.Path,
                    $"labels 0 to {format.LabelRanges[position] - 1} in label byte {position} ({format.Name})",
                    $"{record[position]} in record {index}",
                    "check that the file is of this data set (plain, not compressed), or get it again");
            }
        }
    }
}
