using Ensemble.Distillation;

namespace Ensemble.Tests.Distillation;

public sealed class ObjectiveRegistryTests
{
    [Theory]
    [InlineData("hard", false)]
    [InlineData("kd", true)]
    [InlineData("KD", true)]
    [InlineData("logits", true)]
    [InlineData("mean-kl", true)]
    [InlineData("dkd", true)]
    [InlineData("kd-std", true)]
    [InlineData("dist", true)]
    [InlineData("fitnets", true)]
    [InlineData("attention", true)]
    public void Create_KnownName_GivesTheObjective(string name, bool needsTeachers)
    {
        var objective = ObjectiveRegistry.CreateDefault().Create(name, new ObjectiveOptions());

        Assert.Equal(name, objective.Name, ignoreCase: true);
        Assert.Equal(needsTeachers, objective.NeedsTeachers);
    }

    [Fact]
    public void Create_UnknownName_ListsAndSuggests()
    {
        var fault = Assert.Throws<UnknownNameException>(() => ObjectiveRegistry.CreateDefault().Create("hrad", new ObjectiveOptions()));

        Assert.Equal("hard", fault.Suggestion);
        Assert.Contains("kd", fault.KnownNames);
    }

    [Fact]
    public void Create_OptionsOutOfRange_Throws() =>
        Assert.Throws<ArgumentException>(() => ObjectiveRegistry.CreateDefault().Create("hard", new ObjectiveOptions { HardWeight = 2 }));

    [Fact]
    public void Add_TakenName_Throws() =>
        Assert.Throws<ArgumentException>(() => ObjectiveRegistry.CreateDefault().Add("Kd", "again", _ => new HardLabels()));

    [Fact]
    public void Methods_EveryDefault_HasOneLineAndIsCreatedUnderItsName()
    {
        var registry = ObjectiveRegistry.CreateDefault();

        Assert.All(registry.Methods, method =>
        {
            Assert.DoesNotContain('\n', method.Value);
            Assert.Equal(method.Key, registry.Create(method.Key, new ObjectiveOptions()).Name);
        });
    }
}
