namespace Ensemble.Cli.Tests.Commands;

public sealed class DistillFlagsTests
{
    private static readonly string[] Sound = ["distill", "--data", "shapes", "--teacher", "mlp-8", "--student", "mlp-8"];

    [Theory]
    [InlineData("--temperature", "-3", "must be above 0 and at most 1000, is -3")]
    [InlineData("--temperature", "0", "must be above 0 and at most 1000, is 0")]
    [InlineData("--temperature", "1e4", "must be above 0 and at most 1000, is 1e4")]
    [InlineData("--temperature", "NaN", "must be above 0 and at most 1000, is NaN")]
    [InlineData("--temperature", "warm", "must be a number, is warm")]
    [InlineData("--temperature", "2,5", "must be a number, is 2,5")]
    [InlineData("--hard-weight", "1.1", "must be 0 to 1, is 1.1")]
    [InlineData("--hard-weight", "-0.1", "must be 0 to 1, is -0.1")]
    [InlineData("--teachers", "-1", "must be 0 to 1000, is -1")]
    [InlineData("--teachers", "1001", "must be 0 to 1000, is 1001")]
    [InlineData("--epochs", "0", "must be 1 to 100000, is 0")]
    [InlineData("--epochs", "2.5", "must be a whole number, is 2.5")]
    [InlineData("--epochs", "99999999999", "must be 1 to 100000, is 99999999999")]
    [InlineData("--teacher-epochs", "-1", "must be 1 to 100000, is -1")]
    [InlineData("--student-epochs", "100001", "must be 1 to 100000, is 100001")]
    [InlineData("--batch-size", "0", "must be 1 to 65536, is 0")]
    [InlineData("--learning-rate", "0", "must be above 0, is 0")]
    [InlineData("--learning-rate", "Infinity", "must be above 0, is Infinity")]
    [InlineData("--seed", "-1", "must be a whole number from 0 to 18446744073709551615, is -1")]
    [InlineData("--averaging", "harmonic", "must be arithmetic or geometric or fitted, is harmonic")]
    [InlineData("--precision", "fp16", "must be auto or fp32 or bf16, is fp16")]
    [InlineData("--out", "", "must not be empty")]
    public void Run_FlagOutOfRange_NamesFlagRangeAndValue(string flag, string value, string fault)
    {
        var run = CliRun.Plain([.. Sound, flag, value]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Equal($"error: {flag}: {fault} (see ./ensemble distill --help)", run.ErrorLine);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Run_SeveralFlagsOutOfRange_NamesThemAllInOneLine()
    {
        var run = CliRun.Plain([.. Sound, "--temperature", "-3", "--epochs", "0"]);

        Assert.Equal(
            "error: --epochs: must be 1 to 100000, is 0; --temperature: must be above 0 and at most 1000, is -3 (see ./ensemble distill --help)",
            run.ErrorLine);
    }

    [Theory]
    [InlineData("--objective", "kl", "error: unknown objective 'kl'; known: attention, dist, dkd, fitnets, hard, kd, kd-std, logits, mean-kl; did you mean 'kd'?")]
    [InlineData("--device", "tpu", "error: unknown device 'tpu'; known: auto, cpu, cuda, cuda:0; did you mean 'cpu'?")]
    public void Run_UnknownName_NamesWhatIsKnown(string flag, string value, string expected)
    {
        var position = Array.IndexOf(Sound, flag);
        string[] typed = position < 0 ? [.. Sound, flag, value] : [.. Sound[..(position + 1)], value, .. Sound[(position + 2)..]];

        var run = CliRun.Plain(typed);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Equal(expected, run.ErrorLine);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Run_UnknownDataSet_NamesThoseOfTheCatalogueToo()
    {
        var run = CliRun.Plain("distill", "--data", "eurosatt", "--teacher", "mlp-8", "--student", "mlp-8");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith("error: unknown data set 'eurosatt', and a folder or file of that name is not there; known: bloodmnist, ", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains(", shapes, ", run.ErrorLine, StringComparison.Ordinal);
        Assert.EndsWith("did you mean 'eurosat'?", run.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Run_NotDownloaded_SaysHowToGetIt()
    {
        var run = CliRun.Plain("distill", "--data", "kmnist", "--teacher", "mlp-8", "--student", "mlp-8");

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.StartsWith("error: kmnist: expected its files in ", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("./ensemble data download kmnist", run.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}
