using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Teachers;
using Ensemble.Teachers.External;
using Ensemble.Tests.Data;
using Ensemble.Tests.Distillation;
using Ensemble.Tests.Oracle;
using Ensemble.Tests.Training;
using Ensemble.Training;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Teachers.External;

[Collection(TensorTests.Name)]
public sealed class AnsweredTeacherTests : IDisposable
{
    private const int Samples = 12;
    private const int Classes = MarkedImages.ClassCount;

    private readonly TemporaryFolder _folder = new();
    private readonly float[] _first = HashedValues.Symmetric(1, Samples * Classes, 5);
    private readonly float[] _second = HashedValues.Symmetric(2, Samples * Classes, 5);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Logits_OfAnyView_AreTheAnswersToTheImages(int view)
    {
        using var images = MarkedImages.Resident(Samples, new AugmentationOptions { ShiftPixels = 1, HorizontalFlip = true });
        using var batch = images.GatherViews([5, 0, 11], 7, view);
        using var logits = Teacher().Logits(batch);

        Assert.Equal([2L, 3, Classes], logits.shape);
        Assert.False(logits.requires_grad);
        Assert.Equal(
            new[] { _first, _second }.SelectMany(member => new[] { 5, 0, 11 }.SelectMany(sample => member[(sample * Classes)..((sample + 1) * Classes)])),
            PyTorchFixture.Values(logits));
    }

    [Fact]
    public void Logits_OfMixedImages_MixTheProbabilities()
    {
        using var images = MarkedImages.Resident(Samples, new AugmentationOptions { MixupAlpha = 1 });
        using var batch = images.GatherViews([3, 4], 7, 0);
        using var logits = Teacher().Logits(batch);

        var values = PyTorchFixture.Values(logits);
        var weights = PyTorchFixture.Values(batch.MixWeights!);
        for (var row = 0; row < 2; row++)
        {
            var own = Objectives.Softmax(_first.AsSpan(batch.Indices.Span[row] * Classes, Classes));
            var other = Objectives.Softmax(_first.AsSpan(batch.MixIndices.Span[row] * Classes, Classes));
            var mixed = Objectives.Softmax(values.AsSpan(row * Classes, Classes));
            Assert.All(Enumerable.Range(0, Classes), label => Assert.Equal(((1 - weights[row]) * own[label]) + (weights[row] * other[label]), mixed[label], 1e-5));
        }
    }

    [Fact]
    public void Logits_Always_LeaveOnlyTheResult()
    {
        using var images = MarkedImages.Resident(Samples, new AugmentationOptions { MixupAlpha = 1 });
        using var batch = images.GatherViews([3, 4], 7, 0);
        var teacher = Teacher();
        var before = LiveTensors.Count();

        teacher.Logits(batch).Dispose();

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void Logits_OfASampleThatWasNotAskedAbout_Throws()
    {
        using var images = MarkedImages.Resident(Samples + 1, AugmentationOptions.None);
        using var batch = images.Gather([Samples]);

        Assert.Throws<ArgumentException>(() => Teacher().Logits(batch));
        Assert.Throws<ArgumentException>(() => new AnsweredTeacher([]));
    }

    [Fact]
    public void JoinedTeachers_OfBothKinds_FollowOneAnother()
    {
        using var images = MarkedImages.Resident(Samples, AugmentationOptions.None);
        using var network = ModelRegistry.CreateDefault().Create("mlp-6", MarkedImages.Create(1).Shape, Classes, 1);
        using var batch = images.Gather([2, 9]);
        var live = new TeacherEnsemble([network], Precision.Fp32);
        using var alone = live.Logits(batch);
        using var answered = Teacher().Logits(batch);

        using var joined = new JoinedTeachers([live, Teacher()]) { Weights = [0.5, 0.25, 0.25] }.Logits(batch);

        Assert.Equal([3L, 2, Classes], joined.shape);
        Assert.Equal([.. PyTorchFixture.Values(alone), .. PyTorchFixture.Values(answered)], PyTorchFixture.Values(joined));
    }

    [Fact]
    public void Train_OnHardAnswersAlone_LearnsThem()
    {
        // The images' own labels are not looked at: the answers are swapped.
        var dataset = TinySets.Halves();
        using var images = TinySets.Resident(dataset);
        var lines = dataset.Labels.ToArray().Select((label, sample) => $"{sample},{1 - label}");
        var path = _folder.Write("swapped.csv", System.Text.Encoding.UTF8.GetBytes($"index,label\n{string.Join('\n', lines)}\n"));
        var teacher = new AnsweredTeacher([TeacherAnswers.Read(path, dataset.Count, 2)]);
        using var student = ModelRegistry.CreateDefault().Create("mlp-8", dataset.Shape, 2, 1);

        TinySets.Train(
            student,
            images,
            new SoftTargetDistillation(new ObjectiveOptions { HardWeight = 0, Temperature = 1 }),
            teacher,
            new TrainingOptions { Epochs = 15, BatchSize = 8, Precision = Precision.Fp32 });

        student.eval();
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        using var batch = images.Gather([.. Enumerable.Range(0, dataset.Count)]);
        Assert.Equal(0, student.call(batch.Images).argmax(1).eq(batch.Labels).sum().item<long>());
    }

    private AnsweredTeacher Teacher() => new([Answers("first.csv", _first), Answers("second.csv", _second)]);

    private TeacherAnswers Answers(string name, float[] logits)
    {
        var path = Path.Combine(_folder.FullPath, name);
        TeacherAnswers.WriteCsv(path, logits, Classes);
        return TeacherAnswers.Read(path, Samples, Classes);
    }
}
