using System.Text.Json.Serialization;

namespace Ensemble.Data.Formats;

/// <summary>The JSON header of a packed data set.</summary>
internal sealed record PackedHeader
{
    /// <summary>The data set's name.</summary>
    public required string Name { get; init; }

    /// <summary>Colour planes of every image.</summary>
    public required int Channels { get; init; }

    /// <summary>Rows of every image, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of every image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>A name for each class, in the order of the labels.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The training images.</summary>
    public required PackedSplit Train { get; init; }

    /// <summary>The validation images, or null for none.</summary>
    public PackedSplit? Validation { get; init; }

    /// <summary>The test images.</summary>
    public required PackedSplit Test { get; init; }

    /// <summary>The splits that are there, in the order of the file.</summary>
    [JsonIgnore]
    public IEnumerable<PackedSplit> Splits => InOrder(Train, Validation, Test);

    /// <summary>Describes a data set.</summary>
    public static PackedHeader Of(DatasetSplits splits) => new()
    {
        Name = splits.Name,
        Channels = splits.Train.Shape.Channels,
        Height = splits.Train.Shape.Height,
        Width = splits.Train.Shape.Width,
        ClassNames = splits.Train.ClassNames,
        Train = PackedSplit.Of(splits.Train),
        Validation = splits.Validation is null ? null : PackedSplit.Of(splits.Validation),
        Test = PackedSplit.Of(splits.Test),
    };

    /// <summary>The order in which splits stand in a file; one that is null is not there.</summary>
    public static IEnumerable<T> InOrder<T>(T train, T? validation, T test)
        where T : class => validation is null ? [train, test] : [train, validation, test];

    /// <summary>What keeps the header from being one of a data set, or null.</summary>
    public string? FindFault()
    {
        if (Channels < 1 || Height < 1 || Width < 1)
        {
            return $"images of {Channels}x{Height}x{Width}";
        }

        if (Splits.Any(split => split.Count < 1))
        {
            return "a split without images";
        }

        var valueCount = (UInt128)Channels * (uint)Height * (uint)Width;
        if (valueCount > int.MaxValue || Splits.Any(split => valueCount * (uint)split.Count > (UInt128)Array.MaxLength))
        {
            return $"a split of more than {Array.MaxLength} bytes";
        }

        var hasNames = Name.Length > 0 && ClassNames.Count > 0 && Splits.All(split => split.Source.Length > 0);
        return hasNames && ClassNames.All(name => name is not null) ? null : "names that are missing";
    }
}
