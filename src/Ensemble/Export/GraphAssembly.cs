using Ensemble.Data;
using Ensemble.Export.Quantisation;
using Ensemble.Graphs;
using Ensemble.Models.Lowering;
using TorchSharp;

namespace Ensemble.Export;

/// <summary>A trained classifier as the graph that its ONNX file holds.</summary>
internal static class GraphAssembly
{
    private const int CalibrationBatch = 64;

    /// <summary>Lowers, folds, quantises or halves, and puts normalisation and softmax around it.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="train">Training images, for calibration.</param>
    /// <param name="options">How.</param>
    public static NetworkGraph Assemble(TrainedClassifier classifier, ImageDataset train, ExportOptions options)
    {
        var (record, shape) = (classifier.Record, classifier.Shape);
        var graph = BatchNormFolding.Apply(GraphBuilder.Build(classifier.Network, shape.Channels, shape.Height, shape.Width));
        graph = options.Precision switch
        {
            ExportPrecision.Fp16 => HalfPrecision.Apply(graph),
            ExportPrecision.Int8 => Quantise(graph, classifier, train, options),
            _ => graph,
        };
        return PixelInput.Finish(PixelInput.Prepend(graph, options.Input, record.Mean, record.Std), options.HasSoftmax);
    }

    private static NetworkGraph Quantise(NetworkGraph graph, TrainedClassifier classifier, ImageDataset train, ExportOptions options)
    {
        var values = QuantisedValues.Of(graph);
        var count = Math.Min(options.CalibrationImages, train.Count);
        // Evenly over the split: files are often sorted by class.
        int[] chosen = [.. Enumerable.Range(0, count).Select(index => (int)((long)index * train.Count / count))];
        var normalisation = new ChannelStatistics { Mean = classifier.Record.Mean, StandardDeviation = classifier.Record.Std };
        using var images = new ResidentDataset(train.Subset(chosen), normalisation, AugmentationOptions.None, torch.CPU);
        var ranges = Calibration.Measure(graph, values.Measured, new Batches(images), options.Calibration);
        if (options.TuningSteps > 0)
        {
            using var all = new ResidentDataset(train, normalisation, AugmentationOptions.None, torch.CPU);
            graph = QuantisationTuning.Apply(graph, values, ranges, classifier.Network, all, options.TuningSteps, classifier.Record.Seed);
        }

        return QdqQuantiser.Apply(graph, values, ranges);
    }

    // Gathered anew for each pass, so that one batch is held at a time.
    private sealed class Batches(ResidentDataset images) : IEnumerable<torch.Tensor>
    {
        public IEnumerator<torch.Tensor> GetEnumerator()
        {
            foreach (var indices in Enumerable.Range(0, images.Count).Chunk(CalibrationBatch))
            {
                using var batch = images.Gather(indices);
                yield return batch.Images.contiguous();
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
