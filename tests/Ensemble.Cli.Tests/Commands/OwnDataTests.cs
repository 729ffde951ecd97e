using Ensemble.Runs;

namespace Ensemble.Cli.Tests.Commands;

public sealed class OwnDataTests : IDisposable
{
    private static readonly byte[] s_pngSignature = [0x89, 0x50, 0x4E, 0x47];

    private readonly ImageFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Distill_FolderOfImages_GoesFromFolderToStudentAndFromItsPackedFileToTheSame()
    {
        var packed = Path.Combine(_folder.RootPath, "photos.ensdata");

        var run = CliRun.Plain(_folder.Distill(_folder.DataPath, "run", "--broken", "skip"));
        var pack = CliRun.Plain("data", "pack", _folder.DataPath, "--broken", "skip", "--out", packed);
        var again = CliRun.Plain(_folder.Distill(packed, "again"));

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains($"left out: {_folder.BrokenPath}", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 gray, 2 turned", run.Output, StringComparison.Ordinal);
        Assert.Contains("mes photos: 19 training and 5 test images of 3x", run.Output, StringComparison.Ordinal);
        Assert.Equal("mes photos", ResultsFile.Read(Path.Combine(_folder.RootPath, "run", "results.json")).Dataset);
        Assert.Equal((ExitCode.Success, ""), (pack.ExitCode, pack.Error));
        Assert.Equal((ExitCode.Success, ""), (again.ExitCode, again.Error));
        Assert.Equal(Checksum("run"), Checksum("again"));
    }

    [Fact]
    public void Distill_BrokenImageNotToBeSkipped_IsOneLineThatNamesIt()
    {
        var run = CliRun.Plain(_folder.Distill(_folder.DataPath, "run"));

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.Contains(_folder.BrokenPath, run.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.RootPath, "run")));
    }

    [Fact]
    public void Distill_PathThatNothingReads_NamesWhatIsUnderstood()
    {
        var run = CliRun.Plain(_folder.Distill(_folder.BrokenPath, "run"));

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.Contains("a folder with a folder of images for each class", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains(".npz", run.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Distill_TestShareOfDrawnData_IsRefused()
    {
        var run = CliRun.Plain(_folder.Distill("shapes", "run", "--test-share", "0.5"));

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.StartsWith("error: shapes: expected data that take --test-share", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Pack_ImageSizeOfAPackedFile_ResizesIt()
    {
        var (large, small) = (Path.Combine(_folder.RootPath, "large.ensdata"), Path.Combine(_folder.RootPath, "small.ensdata"));
        CliRun.Plain("data", "pack", _folder.DataPath, "--broken", "skip", "--image-size", "24", "--out", large);

        var run = CliRun.Plain("data", "pack", large, "--image-size", "12", "--out", small);

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("images of 3x12x12, 2 classes", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_Stopped_IsOneLineAndNoPicture()
    {
        var sheet = Path.Combine(_folder.RootPath, "sheet.png");

        var run = CliRun.Stopped("data", "preview", _folder.DataPath, "--broken", "skip", "--out", sheet);

        Assert.Equal((ExitCode.Interrupted, "stopped"), (run.ExitCode, run.ErrorLine));
        Assert.False(File.Exists(sheet));
    }

    [Fact]
    public void Preview_FolderOfImages_CountsAndDraws()
    {
        var sheet = Path.Combine(_folder.RootPath, "sheet.png");

        var run = CliRun.Plain("data", "preview", _folder.DataPath, "--broken", "skip", "--image-size", "16", "--test-share", "0.25", "--out", sheet);

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("mes photos: 18 train, 6 test images of 3x16x16, 2 classes\n", run.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^été +9 +3$", run.Output);
        Assert.Contains(sheet, run.Output, StringComparison.Ordinal);
        Assert.Equal(s_pngSignature, File.ReadAllBytes(sheet)[..4]);
    }

    [Fact]
    public void Verify_PackedFileDamaged_IsAFault()
    {
        var packed = Path.Combine(_folder.RootPath, "photos.ensdata");
        CliRun.Plain("data", "pack", _folder.DataPath, "--broken", "skip", "--out", packed);

        var sound = CliRun.Plain("data", "verify", packed);
        var content = File.ReadAllBytes(packed);
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(packed, content);
        var damaged = CliRun.Plain("data", "verify", packed);

        Assert.Equal((ExitCode.Success, ""), (sound.ExitCode, sound.Error));
        Assert.Contains("checksum", sound.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fault, damaged.ExitCode);
        Assert.StartsWith($"error: {packed}: ", damaged.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--broken", "maybe", "--broken: must be fail or skip, is maybe")]
    [InlineData("--image-size", "7", "--image-size: must be 8 to 1024, is 7")]
    [InlineData("--test-share", "1", "--test-share: must be above 0 and below 1, is 1")]
    [InlineData("--out", "photos.zip", "--out: must end in .ensdata, is photos.zip")]
    public void Pack_FlagOutOfRange_NamesFlagRangeAndValue(string flag, string value, string fault)
    {
        string[] typed = flag == "--out" ? [flag, value] : [flag, value, "--out", "photos.ensdata"];

        var run = CliRun.Plain(["data", "pack", _folder.DataPath, .. typed]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith($"error: {fault}", run.ErrorLine, StringComparison.Ordinal);
    }

    private string Checksum(string run) => RunManifest.Read(Path.Combine(_folder.RootPath, run, "run.json")).Dataset.Checksum;
}
