using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class DatasetRegistryTests
{
    private static readonly DatasetRegistry Registry = DatasetRegistry.CreateDefault();

    [Fact]
    public void Names_OfDefault_AreAllFour()
    {
        Assert.Equal(["cifar10", "cifar100", "mnist", "shapes"], Registry.Names);
        Assert.All(Registry.Providers, provider => Assert.NotEmpty(provider.Description));
    }

    [Theory]
    [InlineData("shapes")]
    [InlineData("Shapes")]
    [InlineData("SHAPES")]
    public void Find_InAnyCase_IsTheProvider(string name) => Assert.Equal("shapes", Registry.Find(name).Name);

    [Fact]
    public void Find_UnknownName_SuggestsTheNearest()
    {
        var exception = Assert.Throws<UnknownNameException>(() => Registry.Find("cifar-100"));

        Assert.Equal("data set", exception.Kind);
        Assert.Equal("cifar100", exception.Suggestion);
    }

    [Fact]
    public void Add_NameThatIsTaken_IsRefused() =>
        Assert.Throws<ArgumentException>(() => DatasetRegistry.CreateDefault().Add(new ShapesProvider()));

    [Theory]
    [InlineData("mnist")]
    [InlineData("cifar10")]
    [InlineData("cifar100")]
    public void Load_WithoutTheDirectoryItNeeds_IsADataFault(string name) =>
        Assert.Throws<DataFaultException>(() => Registry.Load(name, new DatasetRequest()));

    [Fact]
    public void Load_WithValidation_CarvesItOff()
    {
        var registry = new DatasetRegistry().Add(
            new ShapesProvider(new ShapesOptions { TrainCount = 100, TestCount = 10 }));

        var splits = registry.Load("shapes", new DatasetRequest { Seed = 3, ValidationCount = 20 });

        Assert.Equal((80, 20, 10), (splits.Train.Count, splits.Validation!.Count, splits.Test.Count));
        Assert.Contains("seed 3", splits.Train.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MoreValidationThanThereIs_IsADataFault()
    {
        var registry = new DatasetRegistry().Add(
            new ShapesProvider(new ShapesOptions { TrainCount = 100, TestCount = 10 }));

        var exception = Assert.Throws<DataFaultException>(
            () => registry.Load("shapes", new DatasetRequest { ValidationCount = 91 }));

        Assert.Contains("90", exception.Found, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => registry.Load("shapes", new DatasetRequest { ValidationCount = -1 }));
    }
}
