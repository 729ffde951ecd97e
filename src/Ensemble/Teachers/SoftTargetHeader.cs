using System.Text.Json.Serialization;
using Ensemble.Data;

namespace Ensemble.Teachers;

/// <summary>What the soft targets of one view were made of. Two headers that are equal stand for the same numbers.</summary>
public sealed record SoftTargetHeader
{
    /// <summary>The sha256 of each member's weights, in the ensemble's order.</summary>
    public required IReadOnlyList<string> Teachers { get; init; }

    /// <summary>The checksum of the training images and labels.</summary>
    public required string Data { get; init; }

    /// <summary>The hash of how views are made: augmentation, seed, normalisation, arithmetic.</summary>
    public required string ViewRecipe { get; init; }

    /// <summary>Which view, from 0.</summary>
    public required int View { get; init; }

    /// <summary>Training images; a row for each, but for a file of a shard.</summary>
    public required int Samples { get; init; }

    /// <summary>Logits of each member.</summary>
    public required int Classes { get; init; }

    /// <summary>The samples whose rows are in the file, where it is a shard's; null for all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SampleRange? Range { get; init; }

    /// <summary>The samples whose rows are in the file.</summary>
    internal SampleRange Rows => Range ?? new SampleRange { First = 0, Count = Samples };

    /// <summary>Bytes of a row: the sample's index (int32), then each member's logits in half precision.</summary>
    internal int RowBytes => sizeof(int) + (2 * Teachers.Count * Classes);

    /// <summary>What of this differs from another header, in a person's words; empty when nothing does.</summary>
    /// <param name="other">The header to compare with.</param>
    public string DifferenceFrom(SoftTargetHeader other)
    {
        var differences = new List<string>();
        Note(differences, Teachers.SequenceEqual(other.Teachers), "teachers");
        Note(differences, Data == other.Data, "data");
        Note(differences, ViewRecipe == other.ViewRecipe, "view recipe");
        Note(differences, View == other.View, $"view number ({View}, not {other.View})");
        Note(differences, Samples == other.Samples, $"samples ({Samples}, not {other.Samples})");
        Note(differences, Classes == other.Classes, $"classes ({Classes}, not {other.Classes})");
        Note(differences, Range == other.Range, $"rows ({Rows}, not {other.Rows})");
        return string.Join(", ", differences);
    }

    private static void Note(List<string> differences, bool same, string name)
    {
        if (!same)
        {
            differences.Add(name);
        }
    }
}
