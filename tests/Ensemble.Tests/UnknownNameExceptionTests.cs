namespace Ensemble.Tests;

public sealed class UnknownNameExceptionTests
{
    private static readonly string[] Known = ["cifar10", "cifar100", "mnist", "shapes"];

    [Theory]
    [InlineData("mnits", "mnist")]
    [InlineData("CIFAR-10", "cifar10")]
    [InlineData("shape", "shapes")]
    [InlineData("imagenet", null)]
    [InlineData("", null)]
    public void Suggestion_OfName_IsTheNearestKnown(string name, string? suggestion) =>
        Assert.Equal(suggestion, new UnknownNameException("data set", name, Known).Suggestion);

    [Fact]
    public void Message_OfNearName_NamesAllAndTheNearest() => Assert.Equal(
        "unknown data set 'mnits'; known: cifar10, cifar100, mnist, shapes; did you mean 'mnist'?",
        new UnknownNameException("data set", "mnits", Known).Message);

    [Fact]
    public void Message_OfFarName_SuggestsNothing() => Assert.Equal(
        "unknown data set 'imagenet'; known: cifar10, cifar100, mnist, shapes",
        new UnknownNameException("data set", "imagenet", Known).Message);
}
