using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>
/// A model.json: what is needed, beside the weights, to use a trained classifier and to train it again.
/// </summary>
public sealed record ModelRecord : IRecord
{
    /// <summary>The architecture's name, as the model families know it.</summary>
    public required string Architecture { get; init; }

    /// <summary>Trainable numbers, at least 0.</summary>
    public required long Parameters { get; init; }

    /// <summary>Multiplications with addition for one image, at least 0.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>The classes' names, in the order of the logits; at least 1.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The images that the model takes.</summary>
    public required ModelInputShape InputShape { get; init; }

    /// <summary>
    /// What is subtracted from each channel, on the scale where a byte 255 is 1; finite, a value for each channel.
    /// </summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>What each channel is then divided by, on the same scale; above 0, a value for each channel.</summary>
    public required IReadOnlyList<double> Std { get; init; }

    /// <summary>The training's duration in seconds, at least 0.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>Passes over the training split, at least 0.</summary>
    public required int Epochs { get; init; }

    /// <summary>The seed of the weights and of the training's random streams.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The <see cref="CanonicalJson.Hash"/> of all that determines the weights.</summary>
    public required string RecipeHash { get; init; }

    /// <summary>
    /// The checksum of the training images and labels: tells whether images that another run holds out were trained on. Null
    /// in records that older versions wrote.
    /// </summary>
    public string? DataChecksum { get; init; }

    /// <summary>
    /// The identities of the teachers that the model learnt from, in the ensemble's order; empty for none. Null in records
    /// that older versions wrote.
    /// </summary>
    public IReadOnlyList<string>? Teachers { get; init; }

    /// <summary>Where and how it was trained; null in records that older versions wrote.</summary>
    public TrainingPlace? TrainedOn { get; init; }

    /// <summary>The SHA-256 of model.safetensors; <see cref="ModelFile.Write"/> fills it in.</summary>
    public string WeightsSha256 { get; init; } = string.Empty;

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Text(Architecture, "architecture");
        faults.AtLeast(0, Parameters, "parameters");
        faults.AtLeast(0, MultiplyAdds, "multiplyAdds");
        faults.AtLeast(1, ClassNames.Count, "classNames");
        faults.NoNulls(ClassNames, "classNames");
        faults.NotNegative(TrainSeconds, "trainSeconds");
        faults.AtLeast(0, Epochs, "epochs");
        faults.Sha256(RecipeHash, "recipeHash");
        faults.Sha256(WeightsSha256, "weightsSha256");
        if (DataChecksum is not null)
        {
            faults.Sha256(DataChecksum, "dataChecksum");
        }

        faults.NoNulls(Teachers ?? [], "teachers");
        faults.AtLeast(1, InputShape.Channels, "inputShape.channels");
        faults.AtLeast(1, InputShape.Height, "inputShape.height");
        faults.AtLeast(1, InputShape.Width, "inputShape.width");
        faults.Require(
            Mean.Count == InputShape.Channels && Mean.All(double.IsFinite),
            "mean",
            "must be a finite number for each channel");
        faults.Require(
            Std.Count == InputShape.Channels && Std.All(std => double.IsFinite(std) && std > 0),
            "std",
            "must be a finite number above 0 for each channel");
    }
}
