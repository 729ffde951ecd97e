using Ensemble.Measurement;
using Ensemble.Runs;

namespace Ensemble.Plots.Tests;

public sealed class OtherFigureTests
{
    [Fact]
    public void TrainingCurves_Accuracy_IsDrawnForEveryNetwork()
    {
        using var drawn = new Rendered(TrainingCurves.Draw(Curves(), new TrainingCurvesOptions()));

        drawn.AssertHas("epoch", "accuracy, % of the epoch's images", "teachers", "student alone", "student distilled");
        Assert.Single(drawn.Texts, text => text == "teachers");
        Assert.Equal(Palette.Of(ModelRole.Student).Color, drawn.At(10, 100 * Accuracy(0.55, 10)));
        Assert.Equal(Palette.Of(ModelRole.Baseline).Color, drawn.At(10, 100 * Accuracy(0.4, 10)));
        drawn.AssertTextsApart();
    }

    [Fact]
    public void TrainingCurves_Loss_IsTheSumOfItsTerms()
    {
        using var drawn = new Rendered(TrainingCurves.Draw(Curves(), new TrainingCurvesOptions { Quantity = TrainingQuantity.Loss }));

        Assert.Contains("loss, mean over the epoch", drawn.Texts);
        Assert.Equal(Palette.Of(ModelRole.Student).Color, drawn.At(10, (2 - Accuracy(0.55, 10)) * 1.5));
    }

    [Fact]
    public void TrainingCurves_EntriesOfOldLogs_AreLeftOut()
    {
        var old = Curves().Select(curve => curve with { Entries = [.. curve.Entries.Select(entry => entry with { Accuracy = null })] }).ToArray();

        Assert.Contains("accuracy", Assert.Throws<ArgumentException>(() => TrainingCurves.Draw(old, new())).Message, StringComparison.Ordinal);
        using var drawn = new Rendered(TrainingCurves.Draw([.. old.Take(2), Curves()[^1]], new TrainingCurvesOptions()));
        Assert.DoesNotContain("teachers", drawn.Texts);
        Assert.Contains("student distilled", drawn.Texts);
    }

    [Fact]
    public void EnsembleSize_Curve_HasMeansBarsAndTheOrder()
    {
        using var drawn = new Rendered(AccuracyAgainstEnsembleSize.Draw(EnsembleOf(5), new EnsembleSizeOptions()));

        drawn.AssertHas("members", "1", "5", "mean of the ensembles of a size", "first members in their order", "bars from the worst to the best ensemble of a size");
        Assert.Equal(Palette.Purple, drawn.At(3, 100 * EnsembleOf(5).Points[2].MeanAccuracy));
        Assert.Equal(Palette.Purple, drawn.At(3, 100 * (EnsembleOf(5).Points[2].MaximumAccuracy - 0.001)));
        drawn.AssertTextsApart();
        Assert.Throws<ArgumentException>(() => AccuracyAgainstEnsembleSize.Draw(EnsembleOf(5) with { MemberAccuracies = [0.5] }, new()));
    }

    [Fact]
    public void Temperature_Series_AreLinesOverALogarithmicAxis()
    {
        using var drawn = new Rendered(ErrorAgainstTemperature.Draw(Temperatures(), new TemperatureOptions()));

        drawn.AssertHas("temperature of the soft targets", "test error, %", "1", "2.5", "20", "resnet8x0.5", "resnet8");
        Assert.Equal(Palette.Series[1].Color, drawn.At(Math.Log10(8), 100 * Temperatures()[1].Points.Single(point => point.Temperature == 8).Errors.Average()));
        drawn.AssertTextsApart();
        Assert.Throws<ArgumentException>(() => ErrorAgainstTemperature.Draw([], new()));
        Assert.Throws<ArgumentException>(() => ErrorAgainstTemperature.Draw([new("a", [new(0, [0.5])])], new()));
        Assert.Throws<ArgumentException>(() => ErrorAgainstTemperature.Draw([new("a", [new(1, [])])], new()));
        Assert.Throws<ArgumentException>(() => ErrorAgainstTemperature.Draw([new("a", [new(1, [1.5])])], new()));
    }

    [Fact]
    public void ReliabilityBin_Sort_PutsEnds_AsTheCalibrationErrorDoes()
    {
        var bins = ReliabilityBin.Sort([0, 0.2, 0.21, 0.4, 1], [true, false, true, true, true], 5);

        Assert.Equal([2, 2, 0, 0, 1], bins.Select(bin => bin.Count));
        Assert.Equal((0.5, 0.1), (bins[0].Accuracy, bins[0].Confidence));
        Assert.Null(bins[2].Accuracy);
        Assert.Throws<ArgumentException>(() => ReliabilityBin.Sort([1.5], [true]));
        Assert.Throws<ArgumentException>(() => ReliabilityBin.Sort([0.5], []));
    }

    [Fact]
    public void Reliability_Bins_AreBarsAndGaps()
    {
        var bins = Bins();
        using var drawn = new Rendered(ReliabilityDiagram.Draw(bins, new ReliabilityOptions()));

        Assert.Contains("confidence: the top-1 probability, %", drawn.Texts);
        Assert.Contains("expected calibration error 8.0%", drawn.Texts);
        Assert.Equal(Palette.Blue, drawn.At(90.5, 40));
        Assert.NotEqual(Palette.Blue, drawn.At(90.5, 82.6));
        Assert.NotEqual(ScottPlot.Colors.White, drawn.At(90.5, 82.6));
        Assert.Equal(ScottPlot.Colors.White, drawn.At(93.2, 99.5));
        drawn.AssertTextsApart();
        Assert.Throws<ArgumentException>(() => ReliabilityDiagram.Draw([new(0, 1, 0, null, null)], new()));
        Assert.Throws<ArgumentException>(() => ReliabilityDiagram.Draw([new(0.5, 0.4, 3, 0.5, 0.5)], new()));
        Assert.Throws<ArgumentException>(() => ReliabilityDiagram.Draw([new(0, 1, 3, null, 0.5)], new()));
    }

    [Fact]
    public void Confusion_Counts_AreCellsInTheirShade()
    {
        using var drawn = new Rendered(ConfusionMatrix.Draw(Counts(10), Names(10), new ConfusionOptions()));

        drawn.AssertHas("answer", "true class", "airplane", "180");
        // Row 0 stands at the top: class 0 is at (0, 9). A cell's corner is free of its number.
        var (right, wrong, none) = (drawn.At(-0.4, 8.6), drawn.At(0.6, 8.6), drawn.At(4.6, 8.6));
        Assert.True(right.Red < wrong.Red && wrong.Red < none.Red, $"{right.Red} {wrong.Red} {none.Red}");
        Assert.Equal(ScottPlot.Colors.White, none);
        drawn.AssertTextsApart();
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Draw(Counts(10), Names(9), new()));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Draw([[-1]], ["a"], new()));
    }

    [Fact]
    public void Confusion_HundredClasses_StillHasRoom()
    {
        using var drawn = new Rendered(ConfusionMatrix.Draw(Counts(100), Names(100), new ConfusionOptions()));

        Assert.DoesNotContain("180", drawn.Texts);
        drawn.AssertTextsApart();
    }

    [Fact]
    public void Save_PathAndEnding_DecideTheFormat()
    {
        var folder = Directory.CreateTempSubdirectory("plots-").FullName;
        var figure = AccuracyAgainstSize.Draw(Results.Quickstart(), new AccuracyAgainstSizeOptions());

        figure.Save(Path.Combine(folder, "deep", "a.PNG"));
        figure.Save(Path.Combine(folder, "a.svg"));

        Assert.Equal(figure.ToPng(), File.ReadAllBytes(Path.Combine(folder, "deep", "a.PNG")));
        Assert.Equal(figure.ToSvg(), File.ReadAllText(Path.Combine(folder, "a.svg")));
        Assert.Throws<ArgumentException>(() => figure.Save(Path.Combine(folder, "a.jpg")));
        Assert.Throws<MachineFaultException>(() => figure.Save(Path.Combine(folder, "a.svg", "b.svg")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Guard_MachineWithoutTheLibrary_SaysWhatToInstall()
    {
        var fault = Assert.Throws<MachineFaultException>(() => PlotMachine.Guard<int>(() => throw new NotSupportedException("plots need libcairo.so.2")));

        Assert.Contains("libcairo.so.2", fault.Message, StringComparison.Ordinal);
        Assert.Contains("fonts-dejavu-core", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_EveryFile_NamesNoTensorsAndOnlyTheRoomsItMay()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Ensemble.sln"))) folder = folder.Parent;

        string[] others = ["TorchSharp", "torch.", "Ensemble.Data", "Ensemble.Models", "Ensemble.Training", "Ensemble.Teachers", "Ensemble.Distillation", "Ensemble.Evaluation", "Ensemble.Pipeline", "Ensemble.Export"];
        var files = Directory.GetFiles(Path.Combine(folder.FullName, "src", "Ensemble.Plots"), "*.cs");
        Assert.True(files.Length > 20);
        Assert.All(files, file => Assert.All(others, other => Assert.DoesNotContain(other, File.ReadAllText(file), StringComparison.Ordinal)));
    }

    internal static TrainingCurve[] Curves() =>
    [
        .. Enumerable.Range(0, 3).Select(index => Curve("teachers", ModelRole.Teacher, 0.7 + (0.02 * index))),
        Curve("student alone", ModelRole.Baseline, 0.4),
        Curve("student distilled", ModelRole.Student, 0.55),
    ];

    internal static EnsembleCurve EnsembleOf(int members) => new()
    {
        Points = [.. Enumerable.Range(1, members).Select(size => new EnsembleCurvePoint
        {
            Size = size,
            InOrderAccuracy = 0.924 - (0.03 / size),
            InOrderNll = 1,
            Subsets = size is 2 or 3 ? 10 : size == members ? 1 : 5,
            AllSubsets = true,
            MeanAccuracy = 0.925 - (0.025 / size),
            MinimumAccuracy = 0.925 - (0.035 / size) + (size == members ? 0.002 : 0),
            MaximumAccuracy = 0.925 - (0.015 / size) - (size == members ? 0.002 : 0),
            MeanNll = 1,
        })],
        MemberAccuracies = [.. Enumerable.Repeat(0.9, members)],
        Disagreement = [.. Enumerable.Range(0, members).Select(row => Enumerable.Range(0, members).Select(column => row == column ? 0 : 0.1).ToArray())],
        MeanDisagreement = members == 1 ? null : 0.1,
    };

    internal static TemperatureSeries[] Temperatures()
    {
        double[] temperatures = [1, 2.5, 4, 8, 20];
        return [.. new[] { ("resnet8x0.5", 0.25, 2.5), ("resnet8", 0.17, 4.0), ("resnet20", 0.11, 8.0) }.Select(entry =>
            new TemperatureSeries(entry.Item1, [.. temperatures.Select(t => new TemperaturePoint(t, [.. new[] { -0.004, 0.001, 0.003 }.Select(d => entry.Item2 + d + (0.02 * Math.Pow(Math.Log10(t / entry.Item3), 2)))]))]))];
    }

    // Sure by 0.08 too much, everywhere.
    internal static ReliabilityBin[] Bins() =>
        [.. Enumerable.Range(2, 13).Select(bin => new ReliabilityBin(bin / 15.0, (bin + 1) / 15.0, 10 * bin, (bin + 0.5) / 15, ((bin + 0.5) / 15) - 0.08))];

    internal static long[][] Counts(int classes) =>
        [.. Enumerable.Range(0, classes).Select(row => Enumerable.Range(0, classes).Select(column => row == column ? 180L : column == (row + 1) % classes ? 15 : column == (row + 2) % classes ? 5 : 0).ToArray())];

    internal static string[] Names(int count)
    {
        string[] ten = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
        return [.. Enumerable.Range(0, count).Select(index => index < 10 ? ten[index] : $"class {index}")];
    }

    private static TrainingCurve Curve(string name, ModelRole role, double end) => new()
    {
        Name = name,
        Role = role,
        Entries = [.. Enumerable.Range(1, 20).Select(epoch => new MetricsEntry
        {
            Epoch = epoch,
            Step = epoch,
            Losses = new Dictionary<string, double> { ["soft"] = 2 - Accuracy(end, epoch), ["hard"] = (2 - Accuracy(end, epoch)) / 2 },
            Accuracy = Accuracy(end, epoch),
            LearningRate = 0.1,
            ImagesPerSecond = 1,
            Seconds = epoch,
        })],
    };

    private static double Accuracy(double end, int epoch) => 0.1 + ((end - 0.1) * (1 - Math.Exp(-epoch / 5.0)));
}
