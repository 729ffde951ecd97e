using System.Text.Json.Serialization;
using Ensemble.Teachers.External;

namespace Ensemble.Pipeline;

/// <summary>A teacher that a run does not train: weights, or answers of one that can only be asked.</summary>
public sealed record BroughtTeacher
{
    /// <summary>
    /// A folder with model.json and model.safetensors, such as teachers/0 of a run; a .safetensors file; or a .csv or .npz file
    /// of answers about the training images (data/README.md describes them).
    /// </summary>
    public required string Path { get; init; }

    /// <summary>The architecture of a bare .safetensors file, as registered; null for the others, which need none.</summary>
    public string? Architecture { get; init; }

    /// <summary>The probability of the class of a hard answer. Default as <see cref="AnswerOptions"/> has it.</summary>
    public double HardConfidence { get; init; } = new AnswerOptions().HardConfidence;

    /// <summary>
    /// The mean of each channel that bare weights were trained with, on the scale where a byte 255 is 1. Default null: the data
    /// set's own.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? Mean { get; init; }

    /// <summary>The deviation likewise; above 0. There where <see cref="Mean"/> is, and only there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? Std { get; init; }

    /// <summary>
    /// Whether a model may have been trained on other images than the run's training images. Default no: it may have seen the
    /// images that the run holds out, and its accuracy on those would then mean nothing.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AllowOtherImages { get; init; }

    /// <summary>Whether it is a file of answers, and has no network to ask.</summary>
    [JsonIgnore]
    public bool IsAnswers => HasExtension(".csv") || HasExtension(".npz");

    /// <summary>Whether it is weights without a record of what they are weights of.</summary>
    internal bool IsBareWeights => HasExtension(".safetensors");

    /// <summary>What is out of range, for the recipe that has this as a part.</summary>
    internal IEnumerable<string> FindFaults()
    {
        if (string.IsNullOrWhiteSpace(Path))
        {
            yield return $"{nameof(BroughtTeacher)}.{nameof(Path)} must not be empty";
        }
        else if (IsBareWeights != Architecture is not null)
        {
            yield return $"{nameof(BroughtTeacher)}.{nameof(Architecture)} must be there for a .safetensors file, and only for one: {Path}";
        }

        if (Mean?.Count != Std?.Count || (Mean is not null && !IsBareWeights))
        {
            yield return $"{nameof(BroughtTeacher)}.{nameof(Mean)} and {nameof(Std)} must be there together, and only for a .safetensors file: {Path}";
        }

        if (Mean?.All(double.IsFinite) == false || Std?.All(value => double.IsFinite(value) && value > 0) == false)
        {
            yield return $"{nameof(BroughtTeacher)}.{nameof(Mean)} must be finite, and {nameof(Std)} above 0: {Path}";
        }

        if (!(HardConfidence is > 0 and < 1))
        {
            yield return $"{nameof(BroughtTeacher)}.{nameof(HardConfidence)} must be above 0 and below 1, is {HardConfidence}";
        }
    }

    private bool HasExtension(string extension) => Path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
