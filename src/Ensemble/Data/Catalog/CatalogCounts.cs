namespace Ensemble.Data.Catalog;

/// <summary>How many images a data set holds, as published.</summary>
public sealed record CatalogCounts
{
    /// <summary>Training images, at least 1.</summary>
    public required int Train { get; init; }

    /// <summary>Validation images that the publisher set aside; 0 where there are none.</summary>
    public required int Validation { get; init; }

    /// <summary>Test images; 0 where the publisher gives no split.</summary>
    public required int Test { get; init; }

    /// <summary>All images.</summary>
    public int Total => Train + Validation + Test;

    /// <summary>Adds what is wrong with the values.</summary>
    internal void FindFaults(string where, List<string> faults)
    {
        CatalogEntry.Require(faults, Train >= 1, where, nameof(Train), "must be at least 1");
        CatalogEntry.Require(faults, Validation >= 0, where, nameof(Validation), "must be at least 0");
        CatalogEntry.Require(faults, Test >= 0, where, nameof(Test), "must be at least 0");
    }
}
