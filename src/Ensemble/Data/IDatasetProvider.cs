namespace Ensemble.Data;

/// <summary>Something that a data set can be had from by name. To add one: a file with a provider, and a line in the
/// registry.</summary>
public interface IDatasetProvider
{
    /// <summary>The name that a person types; lower-case, without spaces.</summary>
    string Name { get; }

    /// <summary>One line for a person: what it holds, and what the directory must hold.</summary>
    string Description { get; }

    /// <summary>Whether <see cref="DatasetRequest.Directory"/> must be given.</summary>
    bool NeedsDirectory { get; }

    /// <summary>Reads or draws the data set.</summary>
    /// <param name="request">What is asked for; its directory is there if <see cref="NeedsDirectory"/> says so.</param>
    /// <returns>The training and test splits; validation images are carved off by the registry.</returns>
    /// <exception cref="DataFaultException">The data are missing or damaged.</exception>
    DatasetSplits Load(DatasetRequest request);
}
