namespace Ensemble.Data;

/// <summary>A kind of file or folder that a data set can be had from by its path. To add one: a file with a reader, and
/// a line in the registry.</summary>
public interface IDatasetPathReader
{
    /// <summary>Whether a path looks like this kind, by its name and by which files are there; no content is
    /// read.</summary>
    /// <param name="path">A file or a folder, which need not exist.</param>
    /// <returns>True when <see cref="Load"/> should be tried, though it may still find the content damaged.</returns>
    bool Recognises(string path);

    /// <summary>Reads the data set.</summary>
    /// <param name="path">A path that this reader recognises.</param>
    /// <param name="request">What is asked for; its seed chooses test images where the path holds none.</param>
    /// <returns>The splits, with validation images where the path holds them; more are carved off by the
    /// caller.</returns>
    /// <exception cref="DataFaultException">The data are missing or damaged.</exception>
    DatasetSplits Load(string path, DatasetRequest request);
}
