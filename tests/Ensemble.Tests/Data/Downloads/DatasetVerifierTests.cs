using Ensemble.Data.Catalog;
using Ensemble.Data.Downloads;

namespace Ensemble.Tests.Data.Downloads;

public sealed class DatasetVerifierTests : IDisposable
{
    private readonly DownloadBench _bench = new();
    private readonly CatalogFile _file = DownloadBench.File(DownloadBench.Content, "http://127.0.0.1:9/");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Verify_AsDownloaded_IsIntact()
    {
        await LandAsync();

        var report = Verify(_file);

        Assert.True(report is { IsIntact: true, HasReceipt: true, AgreesWithCatalog: true });
        Assert.Contains("1 files intact, as published", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OneByteChanged_NamesTheFileAndBothChecksums()
    {
        await LandAsync();
        var changed = DownloadBench.Content.ToArray();
        changed[123] ^= 1;
        File.WriteAllBytes(Path.Combine(_bench.Target, DownloadBench.FileName), changed);

        var report = Verify(_file);

        Assert.False(report.IsIntact);
        Assert.Equal(VerifiedState.Changed, Assert.Single(report.Faults).State);
        Assert.Contains(_file.Sha256!, report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_FileGone_IsMissing()
    {
        await LandAsync();
        File.Delete(Path.Combine(_bench.Target, DownloadBench.FileName));

        Assert.Equal(VerifiedState.Missing, Assert.Single(Verify(_file).Faults).State);
    }

    [Fact]
    public async Task Verify_CatalogueHasAnotherChecksumNow_SaysSo()
    {
        await LandAsync();

        var report = Verify(_file with { Sha256 = new string('0', 64) });

        Assert.False(report.AgreesWithCatalog);
        Assert.False(report.IsIntact);
    }

    [Fact]
    public void Verify_FilesPutThereByHand_AreHeldAgainstTheCatalogue()
    {
        Directory.CreateDirectory(_bench.Target);
        File.WriteAllBytes(Path.Combine(_bench.Target, DownloadBench.FileName), DownloadBench.Content);

        Assert.True(Verify(_file) is { IsIntact: true, HasReceipt: false });
        Assert.Equal(
            VerifiedState.Unknown, Assert.Single(Verify(_file with { Sha256 = null }).Faults).State);
    }

    [Fact]
    public void Verify_NothingThere_SaysWhatToDo() =>
        Assert.Contains("download it", Assert.Throws<DataFaultException>(() => Verify(_file)).Remedy, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{ "name": "tiny", "at": "2026-01-01T00:00:00Z", "downloads": [], "files": [{ "path": "../x", "bytes": 1, "sha256": "" }] }""")]
    public void Verify_DamagedReceipt_IsADataFault(string receipt)
    {
        Directory.CreateDirectory(_bench.Target);
        File.WriteAllText(Path.Combine(_bench.Target, ".download.json"), receipt);

        Assert.Throws<DataFaultException>(() => Verify(_file));
    }

    private async Task LandAsync()
    {
        Directory.CreateDirectory(_bench.Staging);
        File.WriteAllBytes(Path.Combine(_bench.Staging, DownloadBench.FileName), DownloadBench.Content);
        await _bench.DownloadAsync(_file);
    }

    private VerificationReport Verify(CatalogFile file) => DatasetVerifier.Verify(
        DownloadBench.Entry(file), _bench.Data, cancellationToken: TestContext.Current.CancellationToken);
}
