using Ensemble.Runs;

namespace Ensemble.Pipeline;

/// <summary>A network that was trained at a <see cref="Workbench"/>.</summary>
/// <param name="Key">Its name at the workbench, which is also its folder below the workbench's.</param>
/// <param name="Folder">Where model.json, model.safetensors and metrics.jsonl are.</param>
/// <param name="Record">Its model.json.</param>
/// <param name="Recipe">How it was trained.</param>
public sealed record WorkbenchNetwork(string Key, string Folder, ModelRecord Record, NetworkRecipe Recipe);
