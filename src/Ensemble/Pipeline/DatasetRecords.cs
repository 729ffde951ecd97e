using Ensemble.Data;
using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Pipeline;

/// <summary>Data sets as run.json holds them.</summary>
public static class DatasetRecords
{
    /// <summary>The record of a data set as it was read: its checksum changes with every image and label of every split.</summary>
    public static DatasetRecord Of(DatasetSplits splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        var counts = new Dictionary<string, int> { ["train"] = splits.Train.Count, ["test"] = splits.Test.Count };
        var checksums = new List<string> { splits.Train.Checksum, splits.Test.Checksum };
        if (splits.Validation is { } validation)
        {
            counts["validation"] = validation.Count;
            checksums.Add(validation.Checksum);
        }

        return new DatasetRecord { Name = splits.Name, Checksum = CanonicalJson.Hash(checksums), Counts = counts };
    }
}
