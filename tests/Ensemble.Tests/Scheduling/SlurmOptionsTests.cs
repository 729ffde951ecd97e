using Ensemble.Scheduling;

namespace Ensemble.Tests.Scheduling;

public sealed class SlurmOptionsTests
{
    [Fact]
    public void Over_OlderOptions_KeepsWhatWasNotSaidAgain()
    {
        var older = new SlurmOptions { Partition = "cpu", Time = "90", Cpus = 2, Flags = ["--qos=low"] };

        var options = new SlurmOptions { Partition = "gpu", Gpus = "1" }.Over(older);

        Assert.Equal(("gpu", "90", 2, "1"), (options.Partition, options.Time, options.Cpus, options.Gpus));
        Assert.Equal(["--qos=low"], options.Flags);
    }

    [Fact]
    public void Validate_ManyFaults_NamesAll()
    {
        var options = new SlurmOptions { Partition = " ", Time = "1\n2", Cpus = 0, Flags = ["qos=high"] };

        var fault = Assert.Throws<ArgumentException>(options.Validate);

        Assert.All(new[] { "Partition must be a word", "Time must be a word", "Cpus must be at least 1, is 0", "Flags must begin with -, is 'qos=high'" }, text => Assert.Contains(text, fault.Message, StringComparison.Ordinal));
    }
}
