using System.Diagnostics;
using TorchSharp;

namespace Ensemble.Training;

/// <summary>
/// Counts steps, sums each term of the loss and the right answers on the device, and reads the sums back at log steps only:
/// a reading waits for the device.
/// </summary>
internal sealed class TrainingLog(TrainingOptions options, int stepsPerEpoch, IProgress<TrainingProgress>? progress) : IDisposable
{
    private const int StepsPerReport = 25;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<(string Name, torch.Tensor Sum)> _sums = [];
    private torch.Tensor? _correct;
    private long _step;
    private long _reportedStep;
    private long _images;
    private double _reportedSeconds;

    /// <summary>Seconds since the log began.</summary>
    public double ElapsedSeconds => _watch.Elapsed.TotalSeconds;

    /// <summary>The learning rate of the coming step.</summary>
    public double LearningRate => options.LearningRateAt(_step, Steps);

    private long Steps => (long)stepsPerEpoch * options.Epochs;

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
            Add(terms);
        }

        var learningRate = LearningRate;
        _step++;
        _images += imageCount;
        var endsEpoch = _step % stepsPerEpoch == 0;
        if (endsEpoch || _step % stepsPerEpoch % StepsPerReport == 0)
        {
            Report(learningRate, endsEpoch);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sums.ForEach(term => term.Sum.Dispose());
        _correct?.Dispose();
    }

    private void Add(LossTerms terms)
    {
        if (_sums.Count == 0)
        {
            _sums.AddRange(terms.Terms.Select(term => (term.Name, term.Value.detach().clone().DetachFromDisposeScope())));
            return;
        }

        for (var position = 0; position < _sums.Count; position++)
        {
            _sums[position].Sum.add_(terms.Terms[position].Value.detach());
        }
    }

    private void Report(double learningRate, bool endsEpoch)
    {
        var count = _step - _reportedStep;
        var losses = _sums.Select(term => KeyValuePair.Create(term.Name, term.Sum.item<float>() / (double)count)).ToArray();
        foreach (var (name, value) in losses)
        {
            if (!double.IsFinite(value))
            {
                throw new TrainingFaultException(name, value, _reportedStep, _step - 1);
            }
        }

        var now = ElapsedSeconds;
        progress?.Report(new TrainingProgress
        {
            Epoch = (int)(_step / stepsPerEpoch),
            Epochs = options.Epochs,
            Step = _step,
            Steps = Steps,
            Losses = losses,
            Accuracy = _correct!.item<long>() / (double)_images,
            LearningRate = learningRate,
            ImagesPerSecond = _images / Math.Max(now - _reportedSeconds, 1e-9),
            ElapsedSeconds = now,
            EndsEpoch = endsEpoch,
        });
        Dispose();
        _sums.Clear();
        _correct = null;
        (_reportedStep, _reportedSeconds, _images) = (_step, now, 0);
    }
}
