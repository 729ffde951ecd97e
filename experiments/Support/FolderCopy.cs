namespace Ensemble.Experiments;

/// <summary>Gives a run what another one computed.</summary>
public static class FolderCopy
{
    /// <summary>Copies the files that are missing, with those of the folders within; nothing where there is nothing to copy.</summary>
    /// <param name="from">The folder that has them.</param>
    /// <param name="to">The folder that gets them; made where it is missing.</param>
    public static void AddMissing(string from, string to)
    {
        foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories) : [])
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            if (!File.Exists(copy))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }
}
