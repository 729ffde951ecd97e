using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Teachers;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using Ensemble.Training;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Training;

/// <summary>The trainer with objectives that compare maps.</summary>
[Collection(TensorTests.Name)]
public sealed class FeatureTrainingTests
{
    private static readonly TrainingOptions s_options = new() { Epochs = 2, BatchSize = 7, LearningRate = 0.02, Precision = Precision.Fp32 };

    [Theory]
    [InlineData("attention", "attention")]
    [InlineData("fitnets", "hint")]
    public void Train_MapsOfTwoTeachers_LowersTheirTerm(string method, string term)
    {
        using var data = Images();
        using var first = Create("cnn-8-16", 1);
        using var second = Create("resnet8x0.25", 2);
        using var student = Create("cnn-4-8", 3);
        var progress = new SynchronousProgress();

        TinySets.Train(student, data, Objective(method), new TeacherEnsemble([first, second], Precision.Fp32), s_options with { Epochs = 12 }, progress);

        double Last(int report) => progress.Reports[report].Losses.Single(loss => loss.Key == term).Value;
        Assert.True(Last(progress.Reports.Count - 1) < 0.8 * Last(0), $"{Last(0)} to {Last(progress.Reports.Count - 1)}");
    }

    [Theory]
    [InlineData("attention")]
    [InlineData("fitnets")]
    public void Train_Twice_GivesTheSameBitsAndLeavesNoTensor(string method)
    {
        using var data = Images();
        using var teacher = Create("cnn-8-16", 1);
        byte[][] Once()
        {
            using var student = Create("cnn-4-8", 3);
            TinySets.Train(student, data, Objective(method), new TeacherEnsemble([teacher], Precision.Fp32), s_options);
            return Bits(student);
        }

        var first = Once();
        var alive = LiveTensors.Count();
        var second = Once();

        Assert.Equal(first, second);
        Assert.Equal(alive, torch.Tensor.TotalCount);
        Assert.All(teacher.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Train_HintStoppedAndGoneOn_EndsWithTheSameBits()
    {
        // The regressor and its momentum are in the checkpoint: else the student would be led elsewhere.
        using var folder = new TemporaryFolder();
        using var data = Images();
        using var teacher = Create("cnn-8-16", 1);
        var options = s_options with { Epochs = 3 };
        using var whole = Create("cnn-4-8", 3);
        Train(whole, null, null);
        using var torn = Create("cnn-4-8", 3);
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => Train(torn, Checkpoint(), new SynchronousProgress(_ => stop.Cancel()), stop.Token));
        using var next = Create("cnn-4-8", 4);
        Train(next, Checkpoint(), null);

        Assert.Equal(Bits(whole), Bits(next));
        Assert.NotEqual(Bits(torn), Bits(next));

        CheckpointFile Checkpoint() => new(Path.Combine(folder.FullPath, CheckpointFile.FileName), "hint", TimeSpan.Zero);

        void Train(torch.nn.Module<torch.Tensor, torch.Tensor> student, CheckpointFile? checkpoint, SynchronousProgress? progress, CancellationToken? token = null) =>
            Trainer.Train(
                student,
                data,
                Objective("fitnets"),
                new TeacherEnsemble([teacher], Precision.Fp32),
                options,
                progress,
                checkpoint,
                token ?? TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Train_InBfloat16_ComparesFloat32Maps()
    {
        using var data = Images();
        using var teacher = Create("cnn-8-16", 1);
        using var student = Create("cnn-4-8", 3);
        var progress = new SynchronousProgress();

        TinySets.Train(
            student, data, Objective("fitnets"), new TeacherEnsemble([teacher], Precision.Bf16), s_options with { Precision = Precision.Bf16 }, progress);

        Assert.All(progress.Reports, report => Assert.True(double.IsFinite(report.Loss)));
    }

    [Fact]
    public void Open_Hint_TrainsARegressorThatIsNoPartOfTheStudent()
    {
        using var teacher = Create("cnn-8-16", 1);
        using var student = Create("cnn-4-8", 3);
        var names = student.state_dict().Keys.ToArray();

        using var session = FeatureSession.Open(Objective("fitnets"), student, new TeacherEnsemble([teacher], Precision.Fp32), new ImageShape(1, 8, 8), 5);

        Assert.Equal(["0.weight", "0.bias"], session!.Adapters!.state_dict().Keys);
        Assert.Equal(names, student.state_dict().Keys);
        Assert.Null(FeatureSession.Open(new HardLabels(), student, null, new ImageShape(1, 8, 8), 5));
    }

    [Fact]
    public void Train_NetworksWithoutMaps_AreRefused()
    {
        using var data = Images();
        using var mlp = Create("mlp-6", 1);
        using var cnn = Create("cnn-4-8", 2);

        var student = Assert.Throws<FeatureFaultException>(() => Train(mlp, cnn));
        var teacher = Assert.Throws<FeatureFaultException>(() => Train(cnn, mlp));

        Assert.Contains("student", student.Subject, StringComparison.Ordinal);
        Assert.Equal("teacher 1", teacher.Subject);

        void Train(torch.nn.Module<torch.Tensor, torch.Tensor> network, torch.nn.Module<torch.Tensor, torch.Tensor> member) =>
            TinySets.Train(network, data, Objective("attention"), new TeacherEnsemble([member], Precision.Fp32), s_options);
    }

    [Fact]
    public void Train_StoredAnswers_AreRefusedByName()
    {
        using var data = Images();
        using var student = Create("cnn-4-8", 3);

        var fault = Assert.Throws<FeatureFaultException>(() => TinySets.Train(student, data, Objective("attention"), new NoTeacher(), s_options));

        Assert.Equal("objective 'attention'", fault.Subject);
    }

    [Fact]
    public void FeatureSupport_WhatCannotWork_IsRefusedBeforeData()
    {
        using var mlp = Create("mlp-6", 1);

        Assert.Contains("4 views", Assert.Throws<FeatureFaultException>(
            () => FeatureSupport.RequireLiveTeachers(Objective("fitnets"), new ViewOptions { Count = 4 })).Found, StringComparison.Ordinal);
        Assert.Contains("mlp-6", Assert.Throws<FeatureFaultException>(
            () => FeatureSupport.RequireStages(Objective("fitnets"), "mlp-6", mlp)).Subject, StringComparison.Ordinal);
        FeatureSupport.RequireLiveTeachers(Objective("fitnets"), new ViewOptions());
        FeatureSupport.RequireLiveTeachers(Objective("kd"), new ViewOptions { Count = 4 });
        FeatureSupport.RequireStages(Objective("kd"), "mlp-6", mlp);
    }

    private static IObjective Objective(string name) => ObjectiveRegistry.CreateDefault().Create(name, new ObjectiveOptions { HintWeight = 10 });

    private static byte[][] Bits(torch.nn.Module network) => [.. StateTensors.Export(network).Select(record => record.Data.ToArray())];

    private static ResidentDataset Images() => TinySets.Resident(TestImages.Counting(20, classCount: 2, channels: 1, side: 8));

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(string name, ulong seed) =>
        ModelRegistry.CreateDefault().Create(name, new ImageShape(1, 8, 8), 2, seed);

    private sealed class NoTeacher : ITeacher
    {
        public torch.Tensor Logits(Batch batch) => throw new InvalidOperationException("not asked");
    }
}
