namespace Ensemble.Data.Images;

/// <summary>Works through the files of a folder, several at a time, such that the outcome does not depend on how
/// many.</summary>
internal static class ForEachFile
{
    /// <summary>Works.</summary>
    /// <param name="layout">The files.</param>
    /// <param name="broken">What is wrong with each file, or null: those with an entry are passed over, and new entries
    /// are made.</param>
    /// <param name="options">The number of threads, and whether a broken file is fatal.</param>
    /// <param name="read">Reads the file of an index; gives null, or what is wrong with it. Called from several
    /// threads.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="DataFaultException">A file is broken, and that is fatal: the first one, by its place in the
    /// list.</exception>
    public static void Run(ImageFolderLayout layout, string?[] broken, ImageFolderOptions options, Func<int, string?> read, CancellationToken cancellationToken)
    {
        var isFatal = options.BrokenImages == BrokenImagePolicy.Fail;
        // Break lets every file before the broken one finish, so that the first is the first in every order of threads.
        Parallel.For(0, broken.Length, new ParallelOptions { MaxDegreeOfParallelism = options.MaximumThreads, CancellationToken = cancellationToken }, (index, state) =>
        {
            broken[index] ??= read(index);
            if (isFatal && broken[index] is not null) state.Break();
        });
        var first = isFatal ? Array.FindIndex(broken, reason => reason is not null) : -1;
        if (first >= 0)
        {
            throw new DataFaultException(
                layout.Files[first].Path, "an image", broken[first]!, "replace or remove it, or have broken images skipped (--broken skip)");
        }
    }
}
