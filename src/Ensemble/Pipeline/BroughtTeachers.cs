using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Teachers.External;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>The teachers that a run does not train, read once a process. Owns their networks.</summary>
internal sealed class BroughtTeachers : IDisposable
{
    private readonly List<BroughtModel> _models = [];
    private readonly List<TeacherAnswers> _answers = [];

    /// <summary>Reads them.</summary>
    /// <param name="teachers">What the recipe names.</param>
    /// <param name="registry">The architectures by name.</param>
    /// <param name="train">The training images.</param>
    /// <param name="normalisation">How these are normalised.</param>
    /// <param name="device">Where the networks are to compute.</param>
    /// <exception cref="EnsembleException">A file is missing or damaged, or is of other images or classes.</exception>
    public BroughtTeachers(
        IReadOnlyList<BroughtTeacher> teachers, ModelRegistry registry, ImageDataset train, ChannelStatistics normalisation, torch.Device device)
    {
        try
        {
            foreach (var teacher in teachers)
            {
                if (teacher.IsAnswers)
                {
                    var answers = TeacherAnswers.Read(teacher.Path, train.Count, train.ClassCount, new AnswerOptions { HardConfidence = teacher.HardConfidence });
                    RequireAligned(answers, train);
                    _answers.Add(answers);
                    continue;
                }

                var model = teacher.Architecture is { } architecture
                    ? BroughtModel.ReadWeights(teacher.Path, architecture, registry, train, normalisation, OwnNormalisation(teacher, train.Shape.Channels))
                    : BroughtModel.ReadFolder(teacher.Path, registry, train, normalisation);
                _models.Add(model);
                RequireSameImages(model, teacher, train);
                model.Network.to(device);
                ChannelsLast.ConvertWeights(model.Network);
                model.Network.eval();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Those with networks, in the recipe's order.</summary>
    public IReadOnlyList<BroughtModel> Models => _models;

    /// <summary>Those that can only be asked, in the recipe's order.</summary>
    public IReadOnlyList<TeacherAnswers> Answers => _answers;

    private static ChannelStatistics? OwnNormalisation(BroughtTeacher teacher, int channels)
    {
        if (teacher.Mean is not { } mean)
        {
            return null;
        }

        return mean.Count == channels
            ? new ChannelStatistics { Mean = mean, StandardDeviation = teacher.Std! }
            : throw new DataFaultException(teacher.Path, $"a mean for each of {channels} channels", $"{mean.Count}", "give the normalisation that the weights were trained with");
    }

    private static void RequireSameImages(BroughtModel model, BroughtTeacher teacher, ImageDataset train)
    {
        if (!teacher.AllowOtherImages && model.Record?.DataChecksum is { } checksum && checksum != train.Checksum)
        {
            throw new DataFaultException(
                teacher.Path,
                $"a model trained on this run's training images ({train.Checksum})",
                $"one trained on others ({checksum}), which may hold images that this run measures on",
                "bring a teacher of the same data, seed and validation images, or say that other images are meant (--teachers-of-other-images)");
        }
    }

    // Answers about other images, or in another order, agree with the labels as often as shuffled ones would.
    private static void RequireAligned(TeacherAnswers answers, ImageDataset train)
    {
        const double Deviations = 3;
        var answered = new int[train.ClassCount];
        var agreements = 0;
        for (var sample = 0; sample < train.Count; sample++)
        {
            var label = Measurement.Logits.ArgMax(answers.Logits.Span.Slice(sample * train.ClassCount, train.ClassCount));
            answered[label]++;
            agreements += label == train.Labels.Span[sample] ? 1 : 0;
        }

        double count = train.Count;
        var byChance = answered.Zip(train.CountPerClass(), (said, there) => said / count * (there / count)).Sum();
        if (agreements / count <= byChance + (Deviations * Math.Sqrt(byChance * (1 - byChance) / count)))
        {
            throw new DataFaultException(
                answers.Path,
                "answers about this run's training images in their order",
                $"answers that agree with {agreements} of {train.Count} labels, no more than by chance",
                "check that the rows' indices are those of the training images");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _models.ForEach(model => model.Dispose());
}
