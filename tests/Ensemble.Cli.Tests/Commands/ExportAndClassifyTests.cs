using System.Text.Json;
using Ensemble.Export;

namespace Ensemble.Cli.Tests.Commands;

/// <summary>A finished run leaves as files, and images are classified with what it left.</summary>
public sealed class ExportAndClassifyTests : IClassFixture<ExportAndClassifyTests.FinishedRun>
{
    private readonly FinishedRun _run;

    public ExportAndClassifyTests(FinishedRun run) => _run = run;

    [Fact]
    public void Export_Bundle_WritesEveryFileAndSaysWhetherItWasChecked()
    {
        var export = Export("--to", "bundle");

        var folder = Path.Combine(_run.Path, "export", "student-bundle-fp32");
        Assert.Equal((ExitCode.Success, ""), (export.ExitCode, export.Error));
        Assert.Equal(["README.md", "model.json", "model.onnx", "model.safetensors", "parity.json"], Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        var parity = ParityRecord.Read(Path.Combine(folder, "parity.json"));
        Assert.Contains(parity.Outcome == ParityOutcome.Passed ? $"checked by {parity.Runtime} on 5 test images" : $"NOT CHECKED against the original: {parity.Reason}", export.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("baseline", "baseline-fp16", "--precision", "fp16")]
    [InlineData("teacher-2", "teacher-2-int8", "--precision", "int8", "--max-loss", "100", "--calibration", "percentile")]
    public void Export_OtherModels_HaveFoldersOfTheirOwn(string model, string folder, params string[] more)
    {
        var export = Export(["--model", model, .. more]);

        Assert.Equal((ExitCode.Success, ""), (export.ExitCode, export.Error));
        Assert.True(File.Exists(Path.Combine(_run.Path, "export", folder, "model.onnx")));
    }

    [Theory]
    [InlineData("--precision: is of the ONNX file", "--to", "safetensors", "--precision", "int8")]
    [InlineData("--softmax: is of the ONNX file", "--to", "safetensors", "--softmax")]
    [InlineData("--calibration: is of --precision int8", "--precision", "fp16", "--calibration", "mse")]
    [InlineData("--max-loss: is of --precision int8", "--max-loss", "1")]
    [InlineData("--parity-images: must be at least 1, is 0", "--parity-images", "0")]
    [InlineData("--calibration: must be minmax or percentile or mse, is best", "--precision", "int8", "--calibration", "best")]
    public void Export_FlagThatWouldDoNothing_IsAUsageFault(string expected, params string[] typed)
    {
        var export = CliRun.Plain(["export", _run.Path, .. typed]);

        Assert.Equal(ExitCode.Usage, export.ExitCode);
        Assert.Contains(expected, export.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_Safetensors_IsClassifiedFromToo()
    {
        var folder = Path.Combine(_run.Images.RootPath, "card");

        var export = CliRun.Plain("export", _run.Path, "--to", "safetensors", "--out", folder);
        var classify = CliRun.Plain("classify", Path.Combine(folder, "model.safetensors"), _run.AnImage);

        Assert.Equal((ExitCode.Success, ExitCode.Success), (export.ExitCode, classify.ExitCode));
        Assert.Contains("model.safetensors, model.json, README.md", export.Output, StringComparison.Ordinal);
        Assert.Equal(Class(CliRun.Plain("classify", _run.Path, _run.AnImage)), Class(classify));
    }

    [Fact]
    public void Export_ModelThatTheRunLacks_NamesThoseThatItHas()
    {
        var export = Export("--model", "teacher-3");

        Assert.Equal(ExitCode.Usage, export.ExitCode);
        Assert.Contains("student, baseline, teacher-1, teacher-2", export.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_DataThatAreNotTheRuns_IsAFault()
    {
        using var other = new ImageFolder();
        File.Delete(other.BrokenPath);
        File.Delete(Directory.GetFiles(other.DataPath, "*", SearchOption.AllDirectories)[0]);
        var run = CliRun.Plain(other.Distill(other.DataPath, "run"));
        File.Delete(Directory.GetFiles(other.DataPath, "*", SearchOption.AllDirectories)[0]);

        var export = CliRun.Plain("export", Path.Combine(other.RootPath, "run"), "--offline");

        Assert.Equal((ExitCode.Success, ExitCode.Fault), (run.ExitCode, export.ExitCode));
        Assert.Contains("checksum", export.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_FolderWithABrokenFile_IsALineEachAndExitCodeOne()
    {
        var classify = CliRun.Plain("classify", _run.Path, _run.Images.DataPath, "--top", "2", "--batch-size", "7");

        var lines = classify.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(ExitCode.Fault, classify.ExitCode);
        Assert.Contains(_run.Images.BrokenPath, classify.ErrorLine, StringComparison.Ordinal);
        Assert.Equal((2 * ImageFolder.PerClass) + 1, lines.Length);
        Assert.Equal(_run.Images.BrokenPath, Assert.Single(lines, line => line.TryGetProperty("error", out _)).GetProperty("file").GetString());
        Assert.All(lines.Where(line => !line.TryGetProperty("error", out _)), line =>
        {
            Assert.Equal(line.GetProperty("class").GetString(), line.GetProperty("top")[0].GetProperty("class").GetString());
            Assert.Equal(1, line.GetProperty("top").EnumerateArray().Sum(rank => rank.GetProperty("probability").GetDouble()), 1e-5);
        });
    }

    [Fact]
    public void Classify_NamesFromInputAndAnExportedFile_IsTheSameAnswer()
    {
        var image = _run.AnImage;
        Assert.Equal(ExitCode.Success, Export("--out", Path.Combine(_run.Images.RootPath, "out")).ExitCode);

        var trained = CliRun.Piped($"{image}\n\n", "classify", _run.Path, "-");
        var exported = CliRun.Piped($"{image}\n", "classify", Path.Combine(_run.Images.RootPath, "out", "model.onnx"), "-");

        Assert.Equal((ExitCode.Success, ""), (trained.ExitCode, trained.Error));
        Assert.Equal(Class(trained), Class(exported));
        Assert.Contains(Class(trained), ImageFolder.ClassNames);
    }

    [Fact]
    public void Classify_Terminal_IsATable()
    {
        var classify = CliRun.Terminal(200, "classify", _run.Path, _run.AnImage);

        Assert.Equal((ExitCode.Success, ""), (classify.ExitCode, classify.Error));
        Assert.Contains("then", classify.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("{\"file\"", classify.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_NoModelThere_IsOneLine()
    {
        var classify = CliRun.Plain("classify", _run.Images.DataPath, _run.AnImage);

        Assert.Equal(ExitCode.Fault, classify.ExitCode);
        Assert.Contains("a run's folder", classify.ErrorLine, StringComparison.Ordinal);
    }

    private static string Class(CliRun run) => JsonDocument.Parse(run.Output).RootElement.GetProperty("class").GetString()!;

    // No test fetches a runtime.
    private CliRun Export(params string[] more) => CliRun.Plain(["export", _run.Path, "--offline", .. more]);

    /// <summary>A run over a folder of photographs, shared by the tests.</summary>
    public sealed class FinishedRun : IDisposable
    {
        public FinishedRun() => Assert.Equal(ExitCode.Success, CliRun.Plain(Images.Distill(Images.DataPath, "run", "--broken", "skip")).ExitCode);

        internal ImageFolder Images { get; } = new();

        internal string Path => System.IO.Path.Combine(Images.RootPath, "run");

        internal string AnImage => Directory.GetFiles(System.IO.Path.Combine(Images.DataPath, ImageFolder.ClassNames[1]), "*.png").Order(StringComparer.Ordinal).First();

        public void Dispose() => Images.Dispose();
    }
}
