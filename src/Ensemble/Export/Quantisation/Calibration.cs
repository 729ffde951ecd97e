using Ensemble.Graphs;
using TorchSharp;

namespace Ensemble.Export.Quantisation;

/// <summary>Runs training images through a graph and chooses the range of every value that becomes bytes.</summary>
internal static class Calibration
{
    /// <summary>Measures.</summary>
    /// <param name="graph">From normalised images.</param>
    /// <param name="values">The values' names.</param>
    /// <param name="batches">[N, C, H, W] float32 normalised training images, made anew for each pass and disposed here.</param>
    /// <param name="method">How a range is chosen.</param>
    /// <returns>A range for each name.</returns>
    public static IReadOnlyDictionary<string, ValueRange> Measure(
        NetworkGraph graph, IReadOnlySet<string> values, IEnumerable<torch.Tensor> batches, CalibrationMethod method)
    {
        var extremes = new Dictionary<string, (double Smallest, double Largest)>();
        Observe(graph, batches, (name, value) =>
        {
            if (values.Contains(name))
            {
                var (smallest, largest) = ((double)value.min().item<float>(), (double)value.max().item<float>());
                extremes[name] = extremes.TryGetValue(name, out var known)
                    ? (Math.Min(known.Smallest, smallest), Math.Max(known.Largest, largest))
                    : (smallest, largest);
            }
        });
        if (method == CalibrationMethod.MinMax)
        {
            return extremes.ToDictionary(pair => pair.Key, pair => ValueRange.Around(pair.Value.Smallest, pair.Value.Largest));
        }

        var histograms = extremes.ToDictionary(pair => pair.Key, pair => new ValueHistogram(pair.Value.Smallest, pair.Value.Largest));
        Observe(graph, batches, (name, value) =>
        {
            if (histograms.TryGetValue(name, out var histogram))
            {
                histogram.Add(value.contiguous().data<float>().ToArray());
            }
        });
        return histograms.ToDictionary(pair => pair.Key, pair => pair.Value.Choose(method));
    }

    private static void Observe(NetworkGraph graph, IEnumerable<torch.Tensor> batches, Action<string, torch.Tensor> observer)
    {
        using var module = new GraphModule(graph) { Observer = observer };
        using var guard = torch.no_grad();
        foreach (var batch in batches)
        {
            using var scope = torch.NewDisposeScope();
            using (batch)
            {
                module.call(batch).Dispose();
            }
        }
    }
}
