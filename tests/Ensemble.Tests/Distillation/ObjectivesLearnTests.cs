using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Teachers;
using Ensemble.Tests.Oracle;
using Ensemble.Tests.Training;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Tests.Distillation;

/// <summary>Every registered objective teaches a tiny network the shapes, from the same two teachers.</summary>
[Collection(TensorTests.Name)]
public sealed class ObjectivesLearnTests(ObjectivesLearnTests.Teachers teachers) : IClassFixture<ObjectivesLearnTests.Teachers>
{
    // On the images that it was trained on; chance is 10%.
    private const double LeastAccuracy = 0.50;

    public static TheoryData<string> Methods() => [.. ObjectiveRegistry.CreateDefault().Methods.Select(method => method.Key)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Train_OnShapes_ReachesFiveTimesChance(string method)
    {
        using var student = teachers.Create("cnn-16-32-32", 9);
        var objective = ObjectiveRegistry.CreateDefault().Create(method, OptionsOf(method));

        TinySets.Train(student, teachers.Images, objective, objective.NeedsTeachers ? teachers.Ensemble : null, Teachers.Options with { Epochs = 14, Seed = 4 });

        var accuracy = teachers.Accuracy(student);
        Assert.True(accuracy >= LeastAccuracy, $"{method}: {accuracy:P1}");
    }

    // Without the cross-entropy with the labels: what is learnt is learnt from the teachers. The terms' sizes differ by method.
    private static ObjectiveOptions OptionsOf(string method) => method switch
    {
        "dkd" or "dist" => new ObjectiveOptions { HardWeight = 0, SoftWeight = 0.2 },
        "kd-std" => new ObjectiveOptions { HardWeight = 0, Temperature = 1, SoftWeight = 3 },
        "attention" => new ObjectiveOptions { HardWeight = 0, AttentionWeight = 100 },
        "fitnets" => new ObjectiveOptions { HardWeight = 0, HintWeight = 1 },
        _ => new ObjectiveOptions { HardWeight = 0 },
    };

    public sealed class Teachers : IDisposable
    {
        // Plain figures in the middle: few steps must do.
        private static readonly ShapesOptions s_easy = new()
        {
            TrainCount = 300,
            TestCount = 10,
            SizePixels = 16,
            RadiusMinimum = 0.34,
            ShiftMaximum = 0.02,
            ContrastMinimum = 0.45,
            ClutterMaximum = 0,
            OccluderMaximum = 0,
            NoiseMaximum = 0.01,
            TextureMaximum = 0,
        };

        private readonly torch.nn.Module<torch.Tensor, torch.Tensor>[] _members;

        public Teachers()
        {
            torch.set_num_threads(1);
            Images = TinySets.Resident(ShapesDataset.Draw(s_easy).Train);
            _members = [Create("cnn-32-64-64", 1), Create("cnn-32-64-64", 2)];
            foreach (var (member, place) in _members.Select((member, place) => (member, place)))
            {
                Trainer.Train(member, Images, new HardLabels(), null, Options with { Epochs = 14, Seed = (ulong)place });
            }

            Ensemble = new TeacherEnsemble(_members, Precision.Fp32);
        }

        internal static TrainingOptions Options { get; } = new() { BatchSize = 20, LearningRate = 0.05, Precision = Precision.Fp32 };

        internal ResidentDataset Images { get; }

        internal TeacherEnsemble Ensemble { get; }

        public void Dispose()
        {
            Array.ForEach(_members, member => member.Dispose());
            Images.Dispose();
        }

        internal torch.nn.Module<torch.Tensor, torch.Tensor> Create(string name, ulong seed) =>
            ModelRegistry.CreateDefault().Create(name, Images.Shape, 10, seed);

        internal double Accuracy(torch.nn.Module<torch.Tensor, torch.Tensor> network)
        {
            network.eval();
            using var scope = torch.NewDisposeScope();
            using var guard = torch.no_grad();
            using var batch = Images.Gather([.. Enumerable.Range(0, Images.Count)]);
            return network.call(batch.Images).argmax(1).eq(batch.Labels).sum().item<long>() / (double)Images.Count;
        }
    }
}
