namespace Ensemble.Cli.Tests.Commands;

public sealed class DamagedDataTests
{
    [Fact]
    public void Run_TruncatedImages_NamesFileExpectedAndFound()
    {
        using var digits = new TinyDigits();
        File.WriteAllBytes(digits.ImagesPath, File.ReadAllBytes(digits.ImagesPath)[..^100]);

        var run = CliRun.Plain(digits.Distill("run"));

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.StartsWith($"error: {digits.ImagesPath}: expected 200 images of 8x8, 12800 bytes", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("found 12700 bytes", run.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(digits.RootPath, "run")));
    }

    [Fact]
    public void Run_OutNotNamed_ContinuationNamesTheFolderOfTheMoment()
    {
        using var digits = new TinyDigits();
        var typed = digits.Distill("unused");
        var withoutOut = typed[..Array.IndexOf(typed, "--out")];

        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(digits.RootPath);
        try
        {
            var stopped = CliRun.Stopped(withoutOut);

            Assert.EndsWith(" --out runs/distill-mnist-20310203T040506Z", stopped.ErrorLine, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine("runs", "distill-mnist-20310203T040506Z", "run.json")));
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }
}
