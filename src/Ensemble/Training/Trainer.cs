using Ensemble.Acceleration;
using Ensemble.Data;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Training;

/// <summary>The one training loop: SGD over a batch stream, for whatever objective, with or without teachers.</summary>
public static class Trainer
{
    /// <summary>Trains a network in place.</summary>
    /// <param name="network">From [B, C, H, W] float32 normalised images to [B, classes] logits, on the data set's device.</param>
    /// <param name="dataset">The training images; the caller owns them.</param>
    /// <param name="objective">What is minimised.</param>
    /// <param name="teacher">Whose logits the objective needs; null without teachers.</param>
    /// <param name="options">How; resolve the precision first.</param>
    /// <param name="progress">Told at every log step, on this thread.</param>
    /// <param name="cancellationToken">Ends the run between two steps.</param>
    /// <returns>Seconds of training.</returns>
    /// <exception cref="TrainingFaultException">A loss is not finite.</exception>
    /// <exception cref="ArgumentException">The options are out of range, or the objective needs teachers and has none.</exception>
    /// <exception cref="FeatureFaultException">The objective compares inner maps, and the network or the teachers have none.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static double Train(
        torch.nn.Module<torch.Tensor, torch.Tensor> network,
        ResidentDataset dataset,
        IObjective objective,
        ITeacher? teacher,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options.Validate();
        if (objective.NeedsTeachers && teacher is null)
        {
            throw new ArgumentException($"objective '{objective.Name}' needs teachers", nameof(teacher));
        }

        var stream = new BatchSequence(dataset, options.BatchSize, options.Seed, options.Views);
        using var log = new TrainingLog(options, stream.BatchesPerEpoch, progress);
        using var features = FeatureSession.Open(objective, network, teacher, dataset.Shape, options.Seed);
        features?.Adapters?.to(dataset.Device);
        using var optimizer = CreateOptimizer(features?.Adapters is { } adapters ? [network, adapters] : [network], options);
        network.train();
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            // Dropout draws from torch's own stream: seeded by (seed, epoch), so that an epoch can be run again.
            torch.manual_seed(unchecked((long)new RandomStream(options.Seed, "training/dropout", (ulong)epoch).NextUInt32()));
            foreach (var batch in stream.Epoch(epoch))
            {
                using var owned = batch;
                cancellationToken.ThrowIfCancellationRequested();
                SetLearningRate(optimizer, log.LearningRate);
                Step(network, optimizer, batch, objective, objective.NeedsTeachers ? teacher : null, features, options.Precision, log);
            }
        }

        return log.ElapsedSeconds;
    }

    private static void Step(
        torch.nn.Module<torch.Tensor, torch.Tensor> network,
        SGD optimizer,
        Batch batch,
        IObjective objective,
        ITeacher? teacher,
        FeatureSession? features,
        Precision precision,
        TrainingLog log)
    {
        using var scope = torch.NewDisposeScope();
        torch.Tensor logits;
        using (Autocast.Enter(precision, batch.Images.device))
        {
            logits = network.call(batch.Images);
        }

        var answer = features?.Ask(batch);
        var input = new ObjectiveInput
        {
            StudentLogits = logits.to(torch.ScalarType.Float32),
            Labels = batch.Labels,
            MixLabels = batch.MixLabels,
            MixWeights = batch.MixWeights,
            TeacherLogits = answer?.Logits ?? teacher?.Logits(batch),
            TeacherWeights = teacher?.Weights,
            Features = features?.Take(answer!),
        };
        var terms = objective.Compute(input);
        optimizer.zero_grad();
        terms.Total.backward();
        optimizer.step();
        log.RecordAnswers(input.StudentLogits, input.Labels);
        log.Record(terms, batch.Count);
    }

    private static SGD CreateOptimizer(IReadOnlyList<torch.nn.Module> trained, TrainingOptions options)
    {
        var parameters = trained.SelectMany(module => module.parameters()).ToArray();
        var decayed = parameters.Where(parameter => parameter.dim() >= 2).ToArray();
        var others = parameters.Where(parameter => parameter.dim() < 2).ToArray();
        return torch.optim.SGD(
            new[] { Group(decayed, options.WeightDecay), Group(others, 0) }.Where(group => group.Parameters.Any()).ToArray(),
            options.LearningRate,
            options.Momentum,
            nesterov: options.Momentum > 0);

        SGD.ParamGroup Group(Parameter[] parameters, double weightDecay) => new(
            parameters, options.LearningRate, options.Momentum, weight_decay: weightDecay, nesterov: options.Momentum > 0);
    }

    private static void SetLearningRate(SGD optimizer, double learningRate)
    {
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = learningRate;
        }
    }
}
