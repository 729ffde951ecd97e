namespace Ensemble.Data;

/// <summary>What is asked of a data set, besides its name.</summary>
public sealed record DatasetRequest
{
    /// <summary>The folder that holds the files, or that holds the folder of the data set as it was downloaded. Default
    /// null: none, which will do for a data set that is drawn or was downloaded to the registry's own folder.</summary>
    public string? Directory { get; init; }

    /// <summary>The seed that validation images are chosen by, and that a drawn data set is drawn from. Default
    /// 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Images to carve off the training split for validation, stratified by class. Default 0: none; at least
    /// 0.</summary>
    public int ValidationCount { get; init; }

    /// <summary>How data of a person's own are read. Default: as the reader does where nothing is asked.</summary>
    public ReadingOptions Reading { get; init; } = new();

    /// <summary>Stops the reading, wherever it takes long. Default: never.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        Reading.Validate();
        if (ValidationCount < 0)
        {
            throw new ArgumentException(
                $"{nameof(DatasetRequest)}: {nameof(ValidationCount)} must be at least 0, is {ValidationCount}");
        }
    }
}
