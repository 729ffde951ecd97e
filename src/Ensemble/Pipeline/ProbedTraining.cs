using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Runs;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>Measures a network on probes at the ends of its epochs, after the report was handed on.</summary>
/// <param name="network">The network, on its device, in training mode.</param>
/// <param name="probes">What it is measured on, with the images on the device.</param>
/// <param name="folder">Where the logs are.</param>
/// <param name="next">Is told first.</param>
internal sealed class ProbedTraining(
    torch.nn.Module<torch.Tensor, torch.Tensor> network,
    IReadOnlyList<(EpochProbe Probe, ResidentDataset Images)> probes,
    string folder,
    IProgress<TrainingProgress> next) : IProgress<TrainingProgress>
{
    private bool _isBegun;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        next.Report(value);
        foreach (var (probe, images) in probes)
        {
            var log = new MetricsLog(Path.Combine(folder, probe.FileName));
            if (!_isBegun)
            {
                // What a killed process measured of epochs that this one does again.
                log.TruncateAfter(value.EndsEpoch ? value.Epoch - 1 : value.Epoch);
            }

            if (value.EndsEpoch && (value.Epoch % probe.EveryEpochs == 0 || value.Epoch == value.Epochs))
            {
                log.Append(Measure(probe, images, value));
            }
        }

        _isBegun = true;
    }

    private MetricsEntry Measure(EpochProbe probe, ResidentDataset images, TrainingProgress value)
    {
        var metrics = Evaluator.Measure(Evaluator.Run(network, images), probe.Split);
        return new MetricsEntry
        {
            Epoch = value.Epoch,
            Step = value.Step,
            Losses = new Dictionary<string, double> { ["nll"] = metrics.Nll },
            Accuracy = metrics.Accuracy,
            LearningRate = value.LearningRate,
            ImagesPerSecond = value.ImagesPerSecond,
            Seconds = value.ElapsedSeconds,
        };
    }
}
