namespace Ensemble.Experiments;

/// <summary>One claim, and how it is put to the test.</summary>
public interface IExperiment
{
    /// <summary>The file's name without its ending, and the folder's of its results.</summary>
    string Name { get; }

    /// <summary>A heading.</summary>
    string Title { get; }

    /// <summary>What the paper says, in a sentence or two.</summary>
    string Claim { get; }

    /// <summary>Does it, or what is left of it, and publishes what there is whenever something is added.</summary>
    /// <param name="laboratory">Where.</param>
    void Run(Laboratory laboratory);
}
