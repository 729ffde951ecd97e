using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>What an <see cref="AnswersFile"/> was made of.</summary>
public sealed record AnswersHeader : IRecord
{
    /// <summary>The form of the file that this code writes and reads.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The form of the file; <see cref="CurrentSchemaVersion"/>.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The hash of the run's recipe.</summary>
    public required string Recipe { get; init; }

    /// <summary>The checksum of the test images and labels.</summary>
    public required string DataChecksum { get; init; }

    /// <summary>The SHA-256 of every network's weights, in the order of results.json.</summary>
    public required IReadOnlyList<string> Weights { get; init; }

    /// <summary>The classes' names, in the order of the labels; at least 1.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Test images, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>Whose answers there are, in their order; at least one.</summary>
    public required IReadOnlyList<AnsweringModel> Models { get; init; }

    /// <summary>The test images that are there as pictures.</summary>
    public required IReadOnlyList<PictureRecord> Pictures { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Require(SchemaVersion == CurrentSchemaVersion, "schemaVersion", $"must be {CurrentSchemaVersion}, is {SchemaVersion}");
        faults.Sha256(Recipe, "recipe");
        faults.Sha256(DataChecksum, "dataChecksum");
        faults.NoNulls(Weights, "weights");
        faults.AtLeast(1, ClassNames.Count, "classNames");
        faults.NoNulls(ClassNames, "classNames");
        faults.AtLeast(1, Count, "count");
        faults.AtLeast(1, Models.Count, "models");
        foreach (var (model, index) in Models.Select((model, index) => (model, index)))
        {
            faults.Inside($"models[{index}]", model);
        }

        foreach (var (picture, index) in Pictures.Select((picture, index) => (picture, index)))
        {
            faults.Inside($"pictures[{index}]", picture);
            faults.Require(picture is null || picture.Image < Count, $"pictures[{index}].image", "is no test image");
        }
    }
}
