using Ensemble.Runs;

namespace Ensemble.Cli.Tests.Commands;

/// <summary>Models of a person's own images, measured and taken away: what they have seen is not what they are measured on.</summary>
public sealed class OwnModelsTests : IDisposable
{
    private readonly ImageFolder _folder = new();

    private string Model => Path.Combine(_folder.RootPath, "net", "baseline");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Evaluate_TestImagesThatWereDrawn_AreThoseOfTheModelsRun()
    {
        Train("--seed", "4", "--test-share", "0.25");

        var json = Path.Combine(_folder.RootPath, "measured.json");
        var run = CliRun.Plain(Evaluate(_folder.DataPath, "--json", json));

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        var trained = ResultsFile.Read(Path.Combine(_folder.RootPath, "net", "results.json")).Models[0];
        var measured = ResultsFile.Read(json).Models[0];
        Assert.Equal((trained.Accuracy, trained.Errors), (measured.Accuracy, measured.Errors));
        Assert.Equal(4UL, ResultsFile.Read(json).Seed);
    }

    [Fact]
    public void Evaluate_TestImagesDrawnByAnotherSeed_AreRefused()
    {
        Train("--seed", "4");

        var run = CliRun.Plain(Evaluate(_folder.DataPath, "--seed", "5"));

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.Contains("the test images perhaps among them", run.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("--split all", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_OtherImagesOfMixedSizes_GetTheModelsSizeAndAreMeasuredWhole()
    {
        Train("--image-size", "12");
        var unseen = Path.Combine(_folder.RootPath, "unseen");
        foreach (var name in ImageFolder.ClassNames)
        {
            Directory.CreateDirectory(Path.Combine(unseen, name));
            foreach (var file in Directory.GetFiles(Path.Combine(_folder.DataPath, name), "photo*"))
            {
                File.Copy(file, Path.Combine(unseen, name, Path.GetFileName(file)));
            }
        }

        var json = Path.Combine(_folder.RootPath, "measured.json");
        var whole = CliRun.Plain(Evaluate(unseen, "--split", "all", "--json", json));
        var drawn = CliRun.Plain(Evaluate(unseen));

        Assert.Equal((ExitCode.Success, ""), (whole.ExitCode, whole.Error));
        Assert.Equal(2 * (ImageFolder.PerClass - 1), ResultsFile.Read(json).Models[0].Count);
        Assert.Equal(ExitCode.Fault, drawn.ExitCode);
    }

    [Fact]
    public void Evaluate_SomeOfTheModelsClasses_KeepTheirNames()
    {
        Copy(_folder.DataPath, ImageFolder.ClassNames[1], "a first class");
        Train("--image-size", "12");
        var some = Path.Combine(_folder.RootPath, "some");
        Copy(some, ImageFolder.ClassNames[0], ImageFolder.ClassNames[0]);
        Copy(some, ImageFolder.ClassNames[1], ImageFolder.ClassNames[1]);

        var all = Measure(_folder.DataPath);
        var part = Measure(some);
        var weights = Path.Combine(_folder.RootPath, "bare.safetensors");
        File.Copy(Path.Combine(Model, ModelFile.WeightsName), weights);
        var beside = CliRun.Plain([.. Evaluate(some, "--split", "all", "--model", "cnn-4-8"), weights]);
        Directory.Move(Path.Combine(some, ImageFolder.ClassNames[1]), Path.Combine(some, "of another name"));
        var unknown = CliRun.Plain(Evaluate(some, "--split", "all"));

        Assert.Equal([null, .. all.PerClassAccuracy.Skip(1)], part.PerClassAccuracy);
        Assert.Equal(2 * ImageFolder.PerClass, part.Count);
        Assert.Equal(ExitCode.Fault, beside.ExitCode);
        Assert.Contains("expected a model of 2 classes", beside.ErrorLine, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fault, unknown.ExitCode);
        Assert.Contains("named as it names them", unknown.ErrorLine, StringComparison.Ordinal);

        ResultRecord Measure(string data)
        {
            var json = Path.Combine(_folder.RootPath, "measured.json");
            var run = CliRun.Plain(Evaluate(data, "--split", "all", "--json", json));
            Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
            Assert.Equal(data == some, run.Output.Contains("classes matched by name: 2 of the 3", StringComparison.Ordinal));
            return ResultsFile.Read(json).Models[0];
        }

        void Copy(string data, string from, string to)
        {
            var folder = Directory.CreateDirectory(Path.Combine(data, to)).FullName;
            foreach (var file in Directory.GetFiles(Path.Combine(_folder.DataPath, from)).Where(file => file != _folder.BrokenPath))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }
        }
    }

    [Fact]
    public void Train_ItsRun_IsClassifiedEvaluatedAndExportedByItsFolder()
    {
        Train();
        var run = Path.Combine(_folder.RootPath, "net");

        var classified = CliRun.Plain("classify", run, Path.Combine(_folder.DataPath, ImageFolder.ClassNames[0], "gray.png"));
        var evaluated = CliRun.Plain("evaluate", run, "--data", _folder.DataPath, "--device", "cpu");
        var exported = CliRun.Plain("export", run, "--to", "safetensors");

        Assert.Equal((ExitCode.Success, ""), (classified.ExitCode, classified.Error));
        Assert.Equal((ExitCode.Success, ""), (evaluated.ExitCode, evaluated.Error));
        Assert.Equal((ExitCode.Success, ""), (exported.ExitCode, exported.Error));
        Assert.True(File.Exists(Path.Combine(run, "export", "baseline-safetensors", "model.safetensors")));
    }

    [Fact]
    public void DataDirectory_OfImagesThatWereMoved_IsWhereTheyAreNow()
    {
        Train();
        var moved = Path.Combine(_folder.RootPath, "moved");
        Directory.Move(_folder.DataPath, moved);
        var run = Path.Combine(_folder.RootPath, "net");

        var lost = CliRun.Plain("export", run, "--to", "safetensors");
        var found = CliRun.Plain("export", run, "--to", "safetensors", "--data-dir", moved);
        var again = CliRun.Plain("distill", "--recipe", Path.Combine(run, "run.json"), "--data-dir", moved, "--out", Path.Combine(_folder.RootPath, "again"));

        Assert.Equal(ExitCode.Fault, lost.ExitCode);
        Assert.Equal((ExitCode.Success, ""), (found.ExitCode, found.Error));
        Assert.Equal((ExitCode.Success, ""), (again.ExitCode, again.Error));
        Assert.Equal(ModelFile.Read(Model).WeightsSha256, ModelFile.Read(Path.Combine(_folder.RootPath, "again", "baseline")).WeightsSha256);
    }

    [Fact]
    public void DataDirectory_BesideAPath_IsRefused()
    {
        var run = CliRun.Plain(_folder.Distill(_folder.DataPath, "run", "--data-dir", _folder.RootPath));

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.StartsWith("error: --data-dir: is for data sets that have a name", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_SameFolderOtherSettings_SaysWhichDiffer()
    {
        Train();

        var run = CliRun.Plain(TrainLine("--learning-rate", "0.02"));

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.Contains("expected a run with studentTraining.learningRate 0.02, found studentTraining.learningRate 0.1;", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_UnfinishedOrOfAnotherKind_SaysWhatToDo()
    {
        Train();
        File.Delete(Path.Combine(Model, ModelFile.RecordName));
        var pickled = Path.Combine(_folder.RootPath, "net.pt");
        File.WriteAllBytes(pickled, [1, 2, 3]);

        var unfinished = CliRun.Plain(Evaluate(_folder.DataPath));
        var foreign = CliRun.Plain("evaluate", pickled, "--model", "cnn-4-8", "--data", _folder.DataPath);

        Assert.Contains("let its run end", unfinished.ErrorLine, StringComparison.Ordinal);
        Assert.Contains("safetensors.torch.save_file", foreign.ErrorLine, StringComparison.Ordinal);
    }

    private void Train(params string[] more)
    {
        File.Delete(_folder.BrokenPath);
        var run = CliRun.Plain(TrainLine(more));
        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
    }

    private string[] TrainLine(params string[] more) =>
    [
        "train", "--data", _folder.DataPath, "--model", "cnn-4-8", "--epochs", "1", "--device", "cpu", "--precision", "fp32", "--batch-size", "8",
        "--out", Path.Combine(_folder.RootPath, "net"), .. more,
    ];

    private string[] Evaluate(string data, params string[] more) => ["evaluate", Model, "--data", data, "--device", "cpu", .. more];
}
