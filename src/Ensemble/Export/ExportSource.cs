using Ensemble.Data;
using Ensemble.Runs;

namespace Ensemble.Export;

/// <summary>A trained model, and what is to be told of it where it goes.</summary>
public sealed record ExportSource
{
    /// <summary>The model's name, such as <c>student</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The folder with its model.json and model.safetensors.</summary>
    public required string Folder { get; init; }

    /// <summary>The data that it was trained on: training images for calibration, test images for parity.</summary>
    public required DatasetSplits Splits { get; init; }

    /// <summary>Its measurements on the whole test split; null where it was not evaluated.</summary>
    public ResultRecord? Result { get; init; }

    /// <summary>The SHA-256 of each teacher's weights; empty for a model that has none.</summary>
    public IReadOnlyList<string> Teachers { get; init; } = [];
}
