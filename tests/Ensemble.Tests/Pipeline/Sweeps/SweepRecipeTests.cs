using Ensemble.Data;
using Ensemble.Pipeline.Sweeps;
using Ensemble.Tests.Data;

namespace Ensemble.Tests.Pipeline.Sweeps;

public sealed class SweepRecipeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_WhatVaries_IsInTheNamesSeedBySeed()
    {
        var recipe = TinySweep.Recipe with { Students = [TinySweep.Student("mlp-8")], HardWeights = [0, 0.1], Objectives = ["kd", "dkd"], Temperatures = [4], Seeds = [7, 1] };

        Assert.Equal(
            ["mlp-8-hard0-kd-s7", "mlp-8-hard0.1-kd-s7", "mlp-8-hard0-dkd-s7", "mlp-8-hard0.1-dkd-s7", "mlp-8-hard0-kd-s1", "mlp-8-hard0.1-kd-s1", "mlp-8-hard0-dkd-s1", "mlp-8-hard0.1-dkd-s1"],
            SweepCells.Of(recipe).Select(cell => cell.Name));
        Assert.All(SweepCells.Of(recipe), cell => Assert.Equal(["teachers/0", "teachers/1"], cell.Recipe.BroughtTeachers!.Select(teacher => teacher.Path)));
    }

    [Fact]
    public void Of_NamesThatAPathCannotHold_AreSafeAndUnlike()
    {
        var recipe = TinySweep.Recipe with { Students = [TinySweep.Student("../a"), TinySweep.Student("__/a"), TinySweep.Student("b c")], Temperatures = [4], Seeds = [1] };

        Assert.Equal(["_._a-s1", "___a-s1", "b_c-s1"], SweepCells.Of(recipe).Select(cell => cell.Name));
        Assert.Equal(
            ["a_-s1", "A_-s1-2"], SweepCells.Of(recipe with { Students = [TinySweep.Student("a/"), TinySweep.Student("A?")] }).Select(cell => cell.Name));
    }

    [Fact]
    public void Validate_FaultsOfLists_AreAllNamed()
    {
        var recipe = TinySweep.Recipe with { Seeds = [1, 1], Temperatures = [], TeacherCount = 0 };

        var fault = Assert.Throws<ArgumentException>(recipe.Validate);

        Assert.Contains("Temperatures must be at least one, each once, is none; Seeds must be at least one, each once, is 1, 1; TeacherCount must be at least 1", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>((TinySweep.Recipe with { Temperatures = [0] }).Validate);
        TinySweep.Recipe.Validate();
    }

    [Fact]
    public void Validate_StudentsOfOtherViews_CannotShareAStore()
    {
        var other = TinySweep.Student("mlp-4");
        var recipe = TinySweep.Recipe with { Students = [TinySweep.Student("mlp-8"), other with { Training = other.Training with { Augmentation = AugmentationOptions.None } }] };

        Assert.Contains("share one store", Assert.Throws<ArgumentException>(recipe.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoRecipe_IsTold()
    {
        var path = Path.Combine(_folder.FullPath, "sweep.json");
        File.WriteAllText(path, "{\"dataset\": \"shapes\"}");

        Assert.StartsWith($"{path}: expected ", Assert.Throws<DataFaultException>(() => SweepRecipeFile.Read(path)).Message, StringComparison.Ordinal);
        Assert.Throws<DataFaultException>(() => SweepRecipeFile.Read(Path.Combine(_folder.FullPath, "none.json")));
    }

    [Fact]
    public void Of_OneValue_HasNoDeviation()
    {
        Assert.Equal(new SeedMean { Mean = 3, Deviation = null }, SeedMean.Of([3]));
        Assert.Equal(new SeedMean { Mean = 3, Deviation = 2 }, SeedMean.Of([1, 3, 5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SeedMean.Of([]));
    }
}
