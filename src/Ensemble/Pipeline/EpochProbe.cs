using Ensemble.Data;

namespace Ensemble.Pipeline;

/// <summary>A split that a network is measured on while it trains, for a curve; nothing is learnt from it.</summary>
/// <param name="FileName">The log's name in the network's folder, a line for each measurement, as metrics.jsonl has them.</param>
/// <param name="Split">The images, as they are.</param>
/// <param name="EveryEpochs">Epochs between two measurements, at least 1; the last epoch is always measured.</param>
public sealed record EpochProbe(string FileName, ImageDataset Split, int EveryEpochs = 1);
