namespace Ensemble.Data;

/// <summary>Reads a data set of a person's own from a path: a folder of images, a packed file, an .npz.</summary>
public interface IDatasetPathReader
{
    /// <summary>What it reads, for a person: <c>a folder of images per class</c>.</summary>
    string Reads { get; }

    /// <summary>The properties of <see cref="ReadingOptions"/> that it has a use for; others are refused before it is
    /// asked. Default: none.</summary>
    IReadOnlyList<string> Options => [];

    /// <summary>Whether the path is of the kind that this reader reads: told by a name, a few bytes, or what a folder
    /// holds, without reading all of it. Of several readers the first that says yes is asked to load.</summary>
    /// <param name="path">A file or folder that is there.</param>
    /// <returns>False when another reader should be asked.</returns>
    bool Recognises(string path);

    /// <summary>Reads the data set.</summary>
    /// <param name="path">A path that <see cref="Recognises"/> took.</param>
    /// <param name="request">What is asked of it; validation images are carved off afterwards, by the caller, unless
    /// the data set brings its own.</param>
    /// <returns>The splits.</returns>
    /// <exception cref="DataFaultException">The data are damaged, or not what their format says.</exception>
    DatasetSplits Load(string path, DatasetRequest request);
}
