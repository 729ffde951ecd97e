using Ensemble.Data;
using Ensemble.Pipeline;
using Ensemble.Storage;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Pipeline;

/// <summary>What runs of several seeds can share, and what a baseline can have of its own.</summary>
[Collection(TensorTests.Name)]
public sealed class SeedsOfOneSweepTests(FinishedRun finished) : IClassFixture<FinishedRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private DistillationRecipe Stored => TinyRun.Recipe with
    {
        TeacherCount = 0,
        Teacher = null,
        TeacherTraining = null,
        BroughtTeachers = [new BroughtTeacher { Path = Path.Combine(finished.Folder, "teachers/0") }],
        StudentTraining = TinyRun.Recipe.StudentTraining with { Epochs = 2, Views = new ViewOptions { Count = 2 } },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_OneViewSeedTwoSeeds_StoresTheSameAnswersForOtherStudents()
    {
        var recipe = Stored with { ViewSeed = 7 };

        TinyRun.Run(recipe, In("one"), new RecordingObserver());
        TinyRun.Run(recipe with { Seed = 4 }, In("two"), new RecordingObserver());
        TinyRun.Run(recipe with { ViewSeed = 8 }, In("other"), new RecordingObserver());

        Assert.Equal(Answers("one"), Answers("two"));
        Assert.NotEqual(Answers("one"), Answers("other"));
        Assert.NotEqual(TinyRun.Weights(In("one"))["student"], TinyRun.Weights(In("two"))["student"]);
    }

    [Fact]
    public void Run_BaselineOfItsOwn_ChangesTheBaselineOnly()
    {
        TinyRun.Run(Stored, In("same"), new RecordingObserver());
        var fresh = Stored.StudentTraining with { Views = new ViewOptions { Count = 0 } };

        TinyRun.Run(Stored with { BaselineTraining = fresh }, In("own"), new RecordingObserver());

        Assert.NotEqual(TinyRun.Weights(In("same"))["baseline"], TinyRun.Weights(In("own"))["baseline"]);
        Assert.Equal(TinyRun.Weights(In("same"))["student"], TinyRun.Weights(In("own"))["student"]);
    }

    [Fact]
    public void Validate_BaselineOutOfRange_Throws() =>
        Assert.Throws<ArgumentException>((TinyRun.Recipe with { BaselineTraining = TinyRun.Recipe.StudentTraining with { Epochs = -1 } }).Validate);

    private string[] Answers(string run) =>
        [.. Directory.EnumerateFiles(Path.Combine(In(run), "soft-targets"), "*.logits").Order().Select(FileChecksum.Sha256)];

    private string In(string name) => Path.Combine(_folder.FullPath, name);
}
