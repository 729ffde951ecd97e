using System.Diagnostics;
using TorchSharp;

namespace Ensemble.Training;

/// <summary>
/// Counts steps, sums each term of the loss and the right answers of the epoch on the device, and reads the sums back at log
/// steps only: a reading waits for the device.
/// </summary>
internal sealed class TrainingLog : IDisposable
{
    private const int StepsPerReport = 25;

    private readonly TrainingOptions _options;
    private readonly int _stepsPerEpoch;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly double _earlierSeconds;
    private readonly List<(string Name, torch.Tensor Sum)> _sums = [];
    private torch.Tensor? _correct;
    private long _step;
    private long _reportedStep;
    private long _images;
    private double _epochSeconds;

    /// <param name="options">How long the run is, and how the learning rate moves.</param>
    /// <param name="stepsPerEpoch">Steps in an epoch, at least 1.</param>
    /// <param name="progress">Told at every log step.</param>
    /// <param name="state">Where to go on.</param>
    /// <param name="device">Where to sum.</param>
    public TrainingLog(TrainingOptions options, int stepsPerEpoch, IProgress<TrainingProgress>? progress, TrainingLogState state, torch.Device device)
    {
        _options = options;
        _stepsPerEpoch = stepsPerEpoch;
        _progress = progress;
        (_step, _reportedStep, _images, _earlierSeconds, _epochSeconds) = (state.Step, state.Step, state.Images, state.Seconds, state.EpochSeconds);
        if (state.Images > 0)
        {
            _sums.AddRange(state.Losses.Select(term => (term.Key, torch.tensor(term.Value, device: device).DetachFromDisposeScope())));
            _correct = torch.tensor(state.Correct, device: device).DetachFromDisposeScope();
        }
    }

    /// <summary>Seconds of training, those before a resumption included.</summary>
    public double ElapsedSeconds => _earlierSeconds + _watch.Elapsed.TotalSeconds;

    /// <summary>Steps done.</summary>
    public long Step => _step;

    /// <summary>The learning rate of the coming step.</summary>
    public double LearningRate => _options.LearningRateAt(_step, Steps);

    private long Steps => (long)_stepsPerEpoch * _options.Epochs;

    /// <summary>Reads back where the log stands.</summary>
    /// <exception cref="TrainingFaultException">A term is not finite: nothing to go on from.</exception>
    public TrainingLogState ToState() => new()
    {
        Step = _step,
        Seconds = ElapsedSeconds,
        EpochSeconds = _epochSeconds,
        Images = _images,
        Correct = _correct?.item<long>() ?? 0,
        Losses = ReadSums(),
    };

    /// <summary>Takes the answers of a step, before its terms.</summary>
    /// <param name="studentLogits">[B, classes], what the network answered; not needed afterwards.</param>
    /// <param name="labels">[B] int64, classes.</param>
    public void RecordAnswers(torch.Tensor studentLogits, torch.Tensor labels)
    {
        using var guard = torch.no_grad();
        var correct = studentLogits.argmax(1).eq(labels).sum();
        if (_correct is null)
        {
            _correct = correct.DetachFromDisposeScope();
            return;
        }

        _correct.add_(correct);
    }

    /// <summary>Takes the terms of a step that was done.</summary>
    /// <param name="terms">The terms; not needed afterwards.</param>
    /// <param name="imageCount">Images in the batch.</param>
    /// <exception cref="TrainingFaultException">A term is not finite; told at log steps.</exception>
    public void Record(LossTerms terms, int imageCount)
    {
        using (torch.no_grad())
        {
            Add(terms, imageCount);
        }

        var learningRate = LearningRate;
        _step++;
        _images += imageCount;
        var endsEpoch = _step % _stepsPerEpoch == 0;
        if (endsEpoch || _step % _stepsPerEpoch % StepsPerReport == 0)
        {
            Report(learningRate, endsEpoch);
        }

        if (endsEpoch)
        {
            BeginEpoch();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sums.ForEach(term => term.Sum.Dispose());
        _correct?.Dispose();
    }

    // A term is a mean over its batch: times its images, so that a short last batch counts by its size.
    private void Add(LossTerms terms, int imageCount)
    {
        if (_sums.Count == 0)
        {
            _sums.AddRange(terms.Terms.Select(term => (term.Name, (term.Value.detach() * imageCount).DetachFromDisposeScope())));
            return;
        }

        for (var position = 0; position < _sums.Count; position++)
        {
            _sums[position].Sum.add_(terms.Terms[position].Value.detach(), imageCount);
        }
    }

    private void Report(double learningRate, bool endsEpoch)
    {
        var losses = ReadSums().Select(term => KeyValuePair.Create(term.Key, term.Value / (double)_images)).ToArray();
        var now = ElapsedSeconds;
        _progress?.Report(new TrainingProgress
        {
            Epoch = (int)(_step / _stepsPerEpoch),
            Epochs = _options.Epochs,
            Step = _step,
            Steps = Steps,
            Losses = losses,
            Accuracy = _correct!.item<long>() / (double)_images,
            LearningRate = learningRate,
            ImagesPerSecond = _images / Math.Max(now - _epochSeconds, 1e-9),
            ElapsedSeconds = now,
            EndsEpoch = endsEpoch,
        });
        _reportedStep = _step;
    }

    private KeyValuePair<string, float>[] ReadSums()
    {
        var sums = _sums.Select(term => KeyValuePair.Create(term.Name, term.Sum.item<float>())).ToArray();
        return Array.Find(sums, term => !float.IsFinite(term.Value)) is { Key: { } name, Value: var value }
            ? throw new TrainingFaultException(name, value, _reportedStep, _step - 1)
            : sums;
    }

    private void BeginEpoch()
    {
        Dispose();
        _sums.Clear();
        _correct = null;
        (_images, _epochSeconds) = (0, ElapsedSeconds);
    }
}
