using Ensemble.Data;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Runs;

namespace Ensemble.Pipeline;

/// <summary>Where a trained model is from, so that images which it was trained on are told from others.</summary>
public static class ModelOrigin
{
    /// <summary>How the run or sweep that a model lies in asked for its data.</summary>
    /// <param name="model">The model's folder, or a file in it.</param>
    /// <param name="dataset">The data set that is looked at: a registered name, or an absolute path.</param>
    /// <returns>The request; null for a model that lies in no run, or in one of other data.</returns>
    /// <exception cref="DataFaultException">A run.json or sweep.json above the model is damaged.</exception>
    public static DatasetRequest? FindRequest(string model, string dataset)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        for (var folder = Path.GetFullPath(model); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (RunFolder.IsOne(folder))
            {
                var path = RunFolder.Open(folder).ManifestPath;
                var recipe = RunManifest.Read(path).ReadRecipe<DistillationRecipe>(path);
                return recipe.Dataset == dataset ? recipe.ToDatasetRequest() : null;
            }

            if (SweepFolder.IsOne(folder))
            {
                var path = SweepFolder.Open(folder).ManifestPath;
                var recipe = RunManifest.Read(path).ReadRecipe<SweepRecipe>(path);
                return recipe.Dataset == dataset
                    ? new DatasetRequest { Directory = recipe.DataDirectory, Seed = recipe.Seed, Reading = recipe.Reading, ValidationCount = recipe.ValidationCount }
                    : null;
            }
        }

        return null;
    }

    /// <summary>Refuses test images that were drawn from among all where a model may have been trained on some of them.</summary>
    /// <param name="model">The model's folder, or its file of weights.</param>
    /// <param name="splits">The data set.</param>
    /// <exception cref="DataFaultException">The test images were drawn, and the model was trained on other images than are left.</exception>
    public static void RequireUnseenTest(string model, DatasetSplits splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        var isFolder = File.Exists(Path.Combine(model, ModelFile.RecordName));
        if (splits.IsTestDrawn && isFolder && ModelFile.Read(model).DataChecksum is { } checksum && checksum != splits.Train.Checksum)
        {
            throw new DataFaultException(
                model,
                $"a model trained on the {splits.Train.Count} images that the drawn test split leaves",
                "one trained on others, the test images perhaps among them",
                "type the --seed, --test-share and --validation that it was trained with; or --split all, where it was trained on none of these images");
        }
    }
}
