using Ensemble.Runs;
using Ensemble.Tests.Storage;

namespace Ensemble.Tests.Runs;

public sealed class MetricsLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MetricsLog _log;

    public MetricsLogTests() => _log = new MetricsLog(_folder.At("student", "metrics.jsonl"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Append_ThenRead_GivesTheEntriesBackBitForBit()
    {
        _log.Append(Samples.Entry(0, 10));
        _log.Append(Samples.Entry(1, 20));

        var entries = _log.Read();

        Assert.Equal([10L, 20L], entries.Select(entry => entry.Step));
        Assert.Equal(Samples.Entry(1).Losses, entries[1].Losses);
        Assert.Equal(
            """{"epoch":0,"step":10,"losses":{"crossEntropy":0.3333333333333333,"KL":1E-09},"learningRate":0.1,"imagesPerSecond":1234.5,"seconds":6.75}""",
            File.ReadAllLines(_log.Path)[0]);
    }

    [Fact]
    public void Read_EveryCutOfTheLastLine_GivesTheLinesBeforeItAndAppendGoesOn()
    {
        _log.Append(Samples.Entry(0));
        var firstLength = (int)new FileInfo(_log.Path).Length;
        _log.Append(Samples.Entry(1));
        var whole = File.ReadAllBytes(_log.Path);
        for (var length = firstLength; length < whole.Length; length++)
        {
            File.WriteAllBytes(_log.Path, whole[..length]);
            Assert.Equal([0], _log.Read().Select(entry => entry.Epoch));

            _log.Append(Samples.Entry(2));
            Assert.Equal([0, 2], _log.Read().Select(entry => entry.Epoch));
        }
    }

    [Fact]
    public void Read_LastBlockLostToThePower_IsPassedOver()
    {
        _log.Append(Samples.Entry(0));
        File.WriteAllBytes(_log.Path, [.. File.ReadAllBytes(_log.Path), .. new byte[4096]]);

        Assert.Single(_log.Read());
    }

    [Theory]
    [InlineData("garbage\n")]
    [InlineData("\n")]
    [InlineData("{\"epoch\":0\n")]
    [InlineData("{\"epoch\":0}\n")]
    [InlineData("null\n")]
    [InlineData("\0\0\0\n")]
    public void Read_GarbageBeforeTheLastLine_IsADataFaultNamingTheLine(string garbage)
    {
        _log.Append(Samples.Entry(0));
        File.AppendAllText(_log.Path, garbage);
        File.AppendAllText(_log.Path, File.ReadAllLines(_log.Path)[0] + "\n");

        var fault = Assert.Throws<DataFaultException>(() => _log.Read());

        Assert.Contains("line 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFile_IsADataFault() => Assert.Throws<DataFaultException>(() => _log.Read());

    [Fact]
    public void TruncateAfter_Epoch_KeepsItsLinesByteForByteAndDropsLaterAndTornOnes()
    {
        _log.TruncateAfter(3);
        Assert.False(File.Exists(_log.Path));
        foreach (var epoch in new[] { 0, 0, 1, 2 })
        {
            _log.Append(Samples.Entry(epoch));
        }

        var kept = File.ReadAllLines(_log.Path)[..3];
        File.AppendAllText(_log.Path, "{\"epoch\":");

        _log.TruncateAfter(1);
        Assert.Equal(kept, File.ReadAllLines(_log.Path));
        _log.TruncateAfter(-1);
        Assert.Empty(_log.Read());
    }

    [Fact]
    public void Append_LossThatIsNotFinite_NamesStepAndTermAndWritesNothing()
    {
        var losses = new Dictionary<string, double> { ["distillation"] = double.NaN };
        var entry = Samples.Entry(0, 42) with { Losses = losses };

        var thrown = Assert.Throws<ArgumentException>(() => _log.Append(entry));

        Assert.Contains("step 42", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("losses.distillation", thrown.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_log.Path));
    }

    [Fact]
    public void Append_DiskIsFull_SaysSo()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this system has no /dev/full");
        var path = _folder.At("metrics.jsonl");
        File.CreateSymbolicLink(path, "/dev/full");

        var fault = Assert.Throws<MachineFaultException>(() => new MetricsLog(path).Append(Samples.Entry(0)));

        Assert.Equal(path, fault.Subject);
        Assert.Contains("full", fault.Message, StringComparison.Ordinal);
    }
}
