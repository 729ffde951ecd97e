namespace Ensemble.Cli.Tests.Commands;

public sealed class ListingTests
{
    [Fact]
    public void Models_OnTenClasses_ShowsWhatNetworksCost()
    {
        var run = CliRun.Plain("models");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        // He et al. 2015, table 6: ResNet-20 has 0.27 M parameters, ResNet-56 0.85 M.
        Assert.Matches(@"(?m)^resnet20 +3x32x32 +272,474 +40,813,184$", run.Output);
        Assert.Matches(@"(?m)^resnet56 +3x32x32 +855,770 +", run.Output);
        // He et al. 2015, table 1: ResNet-18 takes 1.8 G multiply-adds at 224 pixels.
        Assert.Matches(@"(?m)^resnet18 +3x224x224 +11,181,642 +1,81\d,\d{3},\d{3}$", run.Output);
        Assert.Contains("mlp-UNITS", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void DataList_Always_NamesEveryDataSet()
    {
        var run = CliRun.Plain("data", "list");

        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Matches(@"(?m)^mnist +(yes|no) +10 +70,000 +1x28x28 +", run.Output);
        Assert.Matches(@"(?m)^eurosat +(yes|no) +10 +27,000 +", run.Output);
        Assert.Contains("a packed file (.ensdata)", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^shapes +drawn +", run.Output);
    }
}
