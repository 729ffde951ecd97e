using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>Whose answers a part of an <see cref="AnswersFile"/> is.</summary>
public sealed record AnsweringModel : IRecord
{
    /// <summary>The model's name, as in results.json.</summary>
    public required string Name { get; init; }

    /// <summary>What the model is for.</summary>
    public required ModelRole Role { get; init; }

    /// <summary>The temperature of the answers, above 0: 1 as they are. An ensemble that was softened member by member stands here a
    /// second time, at the recipe's temperature, for its softened mean does not follow from its mean.</summary>
    public required double Temperature { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Text(Name, "name");
        faults.Require(Enum.IsDefined(Role), "role", "is unknown");
        faults.Require(double.IsFinite(Temperature) && Temperature > 0, "temperature", "must be finite and above 0");
    }
}
