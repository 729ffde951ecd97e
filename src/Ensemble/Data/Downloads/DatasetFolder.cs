using Ensemble.Storage;

namespace Ensemble.Data.Downloads;

/// <summary>Where a data set lies, and where its download is prepared: on one disk, so that it lands by a
/// rename.</summary>
internal sealed class DatasetFolder
{
    /// <summary>Its name in a data set's folder; hidden, so that no reader of images takes it for one.</summary>
    public const string ReceiptName = ".download.json";

    public DatasetFolder(string dataFolder, string name)
    {
        var root = Path.GetFullPath(dataFolder);
        Target = Path.Combine(root, name);
        Staging = Path.Combine(root, ".downloads", name);
        Content = Path.Combine(Staging, "content");
        Replaced = Path.Combine(Staging, "replaced");
        ReceiptPath = Path.Combine(Target, ReceiptName);
    }

    /// <summary>The data set, whole.</summary>
    public string Target { get; }

    /// <summary>Parts and archives on their way, and the lock.</summary>
    public string Staging { get; }

    /// <summary>What becomes <see cref="Target"/>.</summary>
    public string Content { get; }

    /// <summary>What was <see cref="Target"/>, until it is deleted.</summary>
    public string Replaced { get; }

    /// <summary>The receipt of a data set that is there.</summary>
    public string ReceiptPath { get; }

    /// <summary>Removes what a killed process left, but not what has been downloaded.</summary>
    public void RemoveLeftovers()
    {
        TryDelete(Content);
        if (!Directory.Exists(Staging))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(Staging, "*" + SafeUnpacker.TemporaryEnding))
        {
            TryDelete(folder);
        }

        // Killed between the two renames of a replacement: the old data set is all there is.
        if (Directory.Exists(Replaced) && !Directory.Exists(Target))
        {
            Move(Replaced, Target);
        }

        TryDelete(Replaced);
    }

    /// <summary>Puts the prepared content in place, of the old data set if there is one.</summary>
    /// <exception cref="MachineFaultException">The folder cannot be written.</exception>
    public void Land()
    {
        if (Directory.Exists(Target))
        {
            Move(Target, Replaced);
        }

        try
        {
            Move(Content, Target);
        }
        catch (MachineFaultException) when (Directory.Exists(Replaced))
        {
            Move(Replaced, Target);
            throw;
        }

        TryDelete(Replaced);
    }

    /// <summary>Removes archives and parts; the lock's files stay.</summary>
    public void RemoveDownloads(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            DiskFault.TryDelete(Path.Combine(Staging, file));
        }
    }

    /// <summary>Makes a folder, and those above it.</summary>
    /// <exception cref="MachineFaultException">It cannot be made.</exception>
    public static void Make(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(path, exception);
        }
    }

    /// <summary>Renames a file or folder.</summary>
    /// <exception cref="MachineFaultException">It cannot be renamed.</exception>
    public static void Move(string from, string to)
    {
        try
        {
            Directory.Move(from, to);
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unwritable(to, exception);
        }
    }

    /// <summary>Deletes a folder and all in it, if that can be done.</summary>
    public static void TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            // Another fault, or a success, is on its way and says more.
        }
    }
}
