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
                    _answers.Add(TeacherAnswers.Read(teacher.Path, train.Count, train.ClassCount, new AnswerOptions { HardConfidence = teacher.HardConfidence }));
                    continue;
                }

                var model = teacher.Architecture is { } architecture
                    ? BroughtModel.ReadWeights(teacher.Path, architecture, registry, train, normalisation)
                    : BroughtModel.ReadFolder(teacher.Path, registry, train, normalisation);
                _models.Add(model);
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

    /// <inheritdoc/>
    public void Dispose() => _models.ForEach(model => model.Dispose());
}
