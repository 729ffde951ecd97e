using Ensemble.Acceleration;
using Ensemble.Data;
using TorchSharp;

namespace Ensemble.Training;

/// <summary>The one training loop: steps over a batch stream, for whatever objective, with or without teachers.</summary>
public static class Trainer
{
    /// <summary>Trains a network in place.</summary>
    /// <param name="network">From [B, C, H, W] float32 normalised images to [B, classes] logits, on the data set's device.</param>
    /// <param name="dataset">The training images; the caller owns them.</param>
    /// <param name="objective">What is minimised.</param>
    /// <param name="teacher">Whose logits the objective needs; null without teachers.</param>
    /// <param name="options">How; resolve the precision first.</param>
    /// <param name="progress">Told at every log step, on this thread.</param>
    /// <param name="checkpoint">Where the state is kept, and where the training goes on if one is there; null to keep none.</param>
    /// <param name="cancellationToken">Ends the run between two steps.</param>
    /// <returns>Seconds of training, those before a resumption included.</returns>
    /// <exception cref="TrainingFaultException">A loss is not finite.</exception>
    /// <exception cref="DataFaultException">The checkpoint is damaged.</exception>
    /// <exception cref="MachineFaultException">The checkpoint cannot be written.</exception>
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
        CheckpointFile? checkpoint = null,
        CancellationToken cancellationToken = default)
    {
        options.Validate();
        if (objective.NeedsTeachers && teacher is null)
        {
            throw new ArgumentException($"objective '{objective.Name}' needs teachers", nameof(teacher));
        }

        var stream = new BatchSequence(dataset, options.BatchSize, options.Seed, options.Views);
        using var features = FeatureSession.Open(objective, network, teacher, dataset.Shape, options.Seed);
        features?.Adapters?.to(dataset.Device);
        using var state = new TrainingState(network, features?.Adapters, options);
        using var log = new TrainingLog(options, stream.BatchesPerEpoch, progress, Resume(state, checkpoint), dataset.Device);
        network.train();
        for (var epoch = (int)(log.Step / stream.BatchesPerEpoch); epoch < options.Epochs; epoch++)
        {
            foreach (var batch in stream.Epoch(epoch, (int)(log.Step % stream.BatchesPerEpoch)))
            {
                using var owned = batch;
                cancellationToken.ThrowIfCancellationRequested();
                // Dropout draws from torch's own stream: seeded by (seed, step), so that a run can go on from any step.
                torch.manual_seed(new RandomStream(options.Seed, "training/dropout", (ulong)log.Step).NextUInt32());
                Optimizers.SetLearningRate(state.Optimizer, log.LearningRate);
                Step(network, state, batch, objective, objective.NeedsTeachers ? teacher : null, features, options.Precision, log);
                if (checkpoint is { IsDue: true })
                {
                    checkpoint.Write(state.ToCheckpoint(log.ToState()));
                }
            }
        }

        state.Finish(log.Step);
        return log.ElapsedSeconds;
    }

    private static void Step(
        torch.nn.Module<torch.Tensor, torch.Tensor> network,
        TrainingState state,
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
        state.Optimizer.zero_grad();
        terms.Total.backward();
        state.Optimizer.step();
        state.AfterStep(log.Step);
        log.RecordAnswers(input.StudentLogits, input.Labels);
        log.Record(terms, batch.Count);
    }

    private static TrainingLogState Resume(TrainingState state, CheckpointFile? checkpoint)
    {
        if (checkpoint?.Read() is not { } kept)
        {
            return new TrainingLogState();
        }

        state.Restore(kept, checkpoint.Path);
        return kept.Log;
    }
}
