using Ensemble.Data;
using Ensemble.Data.Images;
using SixLabors.ImageSharp.PixelFormats;

namespace Ensemble.Tests.Data.Images;

public sealed class ImageFolderReaderTests : IDisposable
{
    private static readonly ImageFolderOptions s_skipping = new() { BrokenImages = BrokenImagePolicy.Skip };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_FolderOfAPerson_IsADataSet()
    {
        WriteFolderOfAPerson();

        var (splits, report) = Read(s_skipping);

        // Ordinal: upper case before lower case, Latin letters before accented ones.
        Assert.Equal(["10 Äpfel", "Zwei Wörter", "ärger", "été 2"], splits.Train.ClassNames);
        var broken = Assert.Single(report.Skipped);
        Assert.Equal(Path.Combine(_folder.FullPath, "Zwei Wörter", "broken one.jpg"), broken.Path);
        Assert.Equal("a file that was cut short", broken.Reason);
        Assert.Equal(24 - 1, report.ImageCount);
        Assert.Equal((1, 1, 2, 2), (report.GrayCount, report.TurnedCount, report.HiddenCount, report.IgnoredCount));
        Assert.Equal("3x32x32", splits.Train.Shape.ToString());
        Assert.Equal(23, splits.Train.Count + splits.Test.Count);
        Assert.Equal(5, splits.Test.Count);
    }

    [Fact]
    public void Read_BrokenImage_IsNamedInOneLine()
    {
        WriteFolderOfAPerson();

        var exception = Assert.Throws<DataFaultException>(() => Read());

        Assert.EndsWith("broken one.jpg", exception.Path, StringComparison.Ordinal);
        Assert.Contains("cut short", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void Read_EveryPixelAndLabel_AreWhereTheyBelong()
    {
        foreach (var (name, level) in new[] { ("a", 10), ("b", 200) })
        {
            for (var index = 0; index < 5; index++) _folder.Write($"{name}/{index}.png", ImageFiles.Png(12, 10, (byte)level, (byte)index, 77));
        }

        var (splits, report) = Read();

        Assert.Equal("3x10x12", splits.Train.Shape.ToString());
        Assert.Equal((8, 2), (splits.Train.Count, splits.Test.Count));
        Assert.Contains("12x10", report.SizeRule, StringComparison.Ordinal);
        foreach (var dataset in new[] { splits.Train, splits.Test })
        {
            for (var index = 0; index < dataset.Count; index++)
            {
                var image = dataset.Image(index).ToArray();
                Assert.All(image[..120], value => Assert.Equal(dataset.Labels.Span[index] == 0 ? 10 : 200, value));
                Assert.All(image[240..], value => Assert.Equal(77, value));
            }
        }

        // Each of the ten images is in one split, once.
        Assert.Equal(
            Enumerable.Range(0, 10).Select(image => image % 5).Order(),
            new[] { splits.Train, splits.Test }.SelectMany(set => Enumerable.Range(0, set.Count).Select(index => (int)set.Image(index)[120])).Order());
    }

    [Fact]
    public void Read_ExifOrientation_TurnsTheImage()
    {
        // Stored lying on its side: orientation 6 puts the stored left end at the top.
        byte[] upright = ImageFiles.Jpeg(32, 16, (x, _) => x < 16 ? new Rgb24(250, 0, 0) : new Rgb24(0, 0, 250), orientation: 6);
        _folder.Write("a/1.jpg", upright);
        _folder.Write("a/2.jpg", upright);
        _folder.Write("b/1.png", ImageFiles.Png(16, 32, 0, 0, 0));
        _folder.Write("b/2.png", ImageFiles.Png(16, 32, 0, 0, 9));

        var (splits, report) = Read();

        Assert.Equal("3x32x16", splits.Train.Shape.ToString());
        Assert.Equal((2, 0), (report.TurnedCount, report.ResizedCount));
        var image = splits.Train.Image(splits.Train.Labels.Span.IndexOf(0));
        Assert.InRange(image[(3 * 16) + 8], 230, 255);
        Assert.InRange(image[(28 * 16) + 8], 0, 25);
    }

    [Fact]
    public void Read_AllGray_HasOneChannel()
    {
        _folder.Write("a/1.png", ImageFiles.GrayPng(8, 8, 5));
        _folder.Write("a/2.png", ImageFiles.Png(8, 8, 6, 6, 6));
        _folder.Write("b/1.jpg", ImageFiles.Jpeg(8, 8, (_, _) => new Rgb24(90, 90, 90)));
        _folder.Write("b/2.png", ImageFiles.GrayPng(8, 8, 7));

        var (splits, report) = Read();

        Assert.Equal("1x8x8", splits.Train.Shape.ToString());
        Assert.Equal(4, report.GrayCount);
        var levels = new[] { splits.Train, splits.Test }.SelectMany(set => Enumerable.Range(0, set.Count).Select(index => set.Image(index)[63])).Order().ToArray();
        Assert.Equal([5, 6, 7], levels[..3]);
        Assert.InRange(levels[3], 88, 92);
    }

    [Fact]
    public void Read_MixedSizes_KeepTheMiddleOfTheLongerSide()
    {
        // A green square between two red ends.
        var wide = ImageFiles.Png(60, 20, (x, _) => x is >= 20 and < 40 ? new Rgb24(0, 200, 0) : new Rgb24(200, 0, 0));
        _folder.Write("a/1.png", wide);
        _folder.Write("a/2.png", wide);
        _folder.Write("b/1.png", ImageFiles.Png(20, 60, 0, 0, 0));
        _folder.Write("b/2.png", ImageFiles.Png(23, 20, 0, 0, 0));

        var (splits, report) = Read();

        Assert.Equal("3x20x20", splits.Train.Shape.ToString());
        Assert.Equal(4, report.ResizedCount);
        var image = splits.Train.Image(splits.Train.Labels.Span.IndexOf(0));
        Assert.All(image[..400].ToArray(), value => Assert.Equal(0, value));
        Assert.All(image[400..800].ToArray(), value => Assert.Equal(200, value));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(224)]
    public void Read_SizeAskedFor_IsTheSize(int side)
    {
        WriteTwoClasses("");

        var (splits, _) = Read(new ImageFolderOptions { SizePixels = side });

        Assert.Equal($"3x{side}x{side}", splits.Train.Shape.ToString());
    }

    [Theory]
    [InlineData("train", "test", null)]
    [InlineData("Training", "Testing", "valid")]
    [InlineData("train", "test", "val")]
    public void Read_SplitFolders_AreTheSplits(string train, string test, string? validation)
    {
        WriteTwoClasses(train, count: 4);
        WriteTwoClasses(test, count: 3);
        if (validation is not null) WriteTwoClasses(validation, count: 2);
        _folder.Write("extra/readme.png", ImageFiles.Png(9, 9, 1, 2, 3));
        _folder.Write("notes.txt", [1]);

        var (splits, report) = Read();

        Assert.Equal((8, 6), (splits.Train.Count, splits.Test.Count));
        Assert.Equal(validation is null ? null : 4, splits.Validation?.Count);
        Assert.Equal(["one", "two"], splits.Test.ClassNames);
        Assert.Equal(2, report.IgnoredCount);
        Assert.Contains(train, report.SplitRule, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ValidationWithoutTest_IsTheTestSplit()
    {
        WriteTwoClasses("train", count: 4);
        WriteTwoClasses("val", count: 1);

        var (splits, _) = Read();

        Assert.Equal((8, 2), (splits.Train.Count, splits.Test.Count));
        Assert.Null(splits.Validation);
    }

    [Fact]
    public void Read_ClassCalledTrain_IsAClass()
    {
        _folder.Write("train/1.png", ImageFiles.Png(8, 8, 1, 2, 3));
        _folder.Write("train/2.png", ImageFiles.Png(8, 8, 1, 2, 3));
        _folder.Write("bus/1.png", ImageFiles.Png(8, 8, 1, 2, 3));
        _folder.Write("bus/2.png", ImageFiles.Png(8, 8, 1, 2, 3));

        Assert.Equal(["bus", "train"], Read().Splits.Train.ClassNames);
    }

    [Fact]
    public void Read_OneFolderAround_IsLookedInto()
    {
        WriteTwoClasses("archive/my data/train", count: 4);
        WriteTwoClasses("archive/my data/test", count: 1);

        var (splits, report) = Read();

        Assert.Equal((8, 2), (splits.Train.Count, splits.Test.Count));
        Assert.EndsWith("my data", report.Folder, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Threads_DoNotMatter()
    {
        WriteFolderOfAPerson();

        var one = Read(s_skipping with { MaximumThreads = 1 });
        var many = Read(s_skipping with { MaximumThreads = 7 });

        Assert.Equal(one.Splits.Train.Checksum, many.Splits.Train.Checksum);
        Assert.Equal(one.Splits.Test.Checksum, many.Splits.Test.Checksum);
        Assert.Equal(one.Report.Skipped, many.Report.Skipped);
        Assert.NotEqual(one.Splits.Test.Checksum, Read(s_skipping, seed: 2).Splits.Test.Checksum);
    }

    [Fact]
    public void Read_FoldersThatAreNone_AreFaultsInOneLine()
    {
        AssertFault("nothing here", "cannot be listed");
        Directory.CreateDirectory(Path.Combine(_folder.FullPath, "empty"));
        AssertFault("empty", "no folder");
        _folder.Write("flat/1.png", ImageFiles.Png(8, 8, 1, 2, 3));
        AssertFault("flat", "no folder");
        _folder.Write("single/cat/1.png", ImageFiles.Png(8, 8, 1, 2, 3));
        AssertFault("single", "one folder, cat");
        _folder.Write("hollow/cat/1.png", ImageFiles.Png(8, 8, 1, 2, 3));
        _folder.Write("hollow/dog/1.txt", [1]);
        AssertFault("hollow", "none");
        WriteTwoClasses("uneven/train");
        WriteTwoClasses("uneven/test");
        _folder.Write("uneven/test/three/1.png", ImageFiles.Png(8, 8, 1, 2, 3));
        AssertFault("uneven", "three not in all of them");
        WriteTwoClasses("twice/train");
        WriteTwoClasses("twice/Training");
        AssertFault("twice", "both");
        _folder.Write("few/a/1.png", ImageFiles.Png(8, 8, 1, 2, 3));
        _folder.Write("few/b/1.png", ImageFiles.Png(8, 8, 1, 2, 3));
        AssertFault("few", "0, one of each class");
        WriteTwoClasses("rotten");
        foreach (var file in Directory.GetFiles(Path.Combine(_folder.FullPath, "rotten", "two"))) File.WriteAllText(file, "rotten");
        AssertFault("rotten", "no JPEG, PNG, GIF or BMP", s_skipping);
    }

    [Fact]
    public void Read_FilesThatAreNoImages_AreNamedWithTheirReasons()
    {
        WriteTwoClasses("", count: 3);
        _folder.Write("one/animation.webp", [.. "RIFF    WEBP"u8]);
        _folder.Write("one/empty.png", []);
        _folder.Write("one/text.jpg", [.. "text"u8]);
        _folder.Write("two/cut.gif", [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x2C]);
        _folder.Write("two/thumbnail.jpg", ImageFiles.Jpeg(64, 64, (x, y) => new Rgb24((byte)(x * y), 0, 0))[..400]);
        File.CreateSymbolicLink(Path.Combine(_folder.FullPath, "two", "wrong link.png"), "/nowhere/at all.png");

        var (splits, report) = Read(s_skipping);

        Assert.Equal(6, splits.Train.Count + splits.Test.Count);
        Assert.Equal(
            ["animation.webp: no JPEG, PNG, GIF or BMP", "empty.png: an empty file", "text.jpg: no JPEG, PNG, GIF or BMP", "cut.gif: a file that was cut short", "thumbnail.jpg: a file that was cut short"],
            report.Skipped.Take(5).Select(broken => $"{Path.GetFileName(broken.Path)}: {broken.Reason}"));
        Assert.EndsWith("wrong link.png", report.Skipped[5].Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MutatedImages_AreReadOrNamed()
    {
        WriteTwoClasses("", count: 3);
        byte[][] originals =
        [
            ImageFiles.Jpeg(16, 16, (x, y) => new Rgb24((byte)(x * 16), (byte)(y * 16), 9), orientation: 8),
            ImageFiles.Png(16, 16, (x, y) => new Rgb24((byte)(x * 16), (byte)(y * 16), 9)),
            [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B],
        ];
        var random = new RandomStream(7, "test/mutated-images");
        for (var index = 0; index < 1000; index++) _folder.Write($"one/m{index}.png", Mutation.Draw(random, originals[index % 3]));

        var (splits, report) = Read(s_skipping);

        Assert.Equal(1006, report.ImageCount + report.Skipped.Count);
        Assert.Equal(report.ImageCount, splits.Train.Count + splits.Test.Count);
        Assert.InRange(report.Skipped.Count, 333, 966);
        Assert.All(report.Skipped, broken => Assert.DoesNotContain('\n', broken.Reason));
    }

    [Fact]
    public void Read_LoopsOfLinks_AreNotFollowed()
    {
        WriteTwoClasses("", count: 3);
        Link("one/again", _folder.FullPath);
        Link("whole", _folder.FullPath);
        Link("one/self", Path.Combine(_folder.FullPath, "one", "self"));
        _folder.Write("three/deep/er/1.png", ImageFiles.Png(8, 8, 1, 2, 3));
        _folder.Write("three/2.png", ImageFiles.Png(8, 8, 1, 2, 3));
        Link("four", Path.Combine(_folder.FullPath, "two"));

        var (splits, report) = Read();

        Assert.Equal(["four", "one", "three", "two"], splits.Train.ClassNames);
        Assert.Equal(3 + 3 + 2 + 3, report.ImageCount);
        Assert.Equal(3, report.IgnoredCount);
    }

    [Fact]
    public void Load_ThroughTheRegistry_TakesAPath()
    {
        WriteTwoClasses("", count: 10);
        var reports = new Reports();
        var registry = DatasetRegistry.CreateDefault(new ImageFolderReader(reports: reports));

        var splits = registry.Load(_folder.FullPath, new DatasetRequest { ValidationCount = 4 });

        Assert.Equal((12, 4, 4), (splits.Train.Count, splits.Validation!.Count, splits.Test.Count));
        Assert.Equal(Path.GetFileName(_folder.FullPath), splits.Name);
        Assert.Single(reports.Received);
        var missing = Assert.Throws<DataFaultException>(() => registry.Load("./no such folder", new DatasetRequest()));
        Assert.Contains("shapes", missing.Message, StringComparison.Ordinal);
        var file = _folder.Write("a file.bin", [1, 2, 3]);
        Assert.Contains("another kind", Assert.Throws<DataFaultException>(() => registry.Load(file, new DatasetRequest())).Message, StringComparison.Ordinal);
        Assert.Throws<UnknownNameException>(() => registry.Load("mnits", new DatasetRequest()));
    }

    [Fact]
    public void Load_OwnValidation_IsKept()
    {
        WriteTwoClasses("train", count: 5);
        WriteTwoClasses("val", count: 2);
        WriteTwoClasses("test", count: 1);

        var splits = DatasetRegistry.CreateDefault().Load(_folder.FullPath, new DatasetRequest { ValidationCount = 3 });

        Assert.Equal((10, 4, 2), (splits.Train.Count, splits.Validation!.Count, splits.Test.Count));
    }

    [Fact]
    public void Constructor_OptionsOutOfRange_AreAllNamed()
    {
        var options = new ImageFolderOptions { SizePixels = 7, TestFraction = double.NaN, MaximumThreads = 0, BrokenImages = (BrokenImagePolicy)9 };

        var exception = Assert.Throws<ArgumentException>(() => new ImageFolderReader(options));

        foreach (var name in new[] { "SizePixels", "TestFraction", "MaximumThreads", "BrokenImages" })
        {
            Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        }
    }

    private (DatasetSplits Splits, ImageFolderReport Report) Read(ImageFolderOptions? options = null, ulong seed = 1)
    {
        var result = new ImageFolderReader(options).Read(_folder.FullPath, seed);
        return (result.Splits, result.Report);
    }

    private void AssertFault(string folder, string found, ImageFolderOptions? options = null)
    {
        var exception = Assert.Throws<DataFaultException>(() => new ImageFolderReader(options).Read(Path.Combine(_folder.FullPath, folder), 1));
        Assert.Contains(found, exception.Found, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    // 24 images of mixed sizes in 4 classes: one is gray, one is turned by EXIF, one is broken.
    private void WriteFolderOfAPerson()
    {
        foreach (var name in new[] { "été 2", "Zwei Wörter", "10 Äpfel", "ärger" })
        {
            for (var index = 0; index < 5; index++)
            {
                var level = (byte)(40 * index);
                _folder.Write($"{name}/photo {index}.JPG", ImageFiles.Jpeg(20 + (7 * index), 30 + index, (x, y) => new Rgb24((byte)(x * 5), level, (byte)(y * 5))));
            }
        }

        _folder.Write("été 2/gray.png", ImageFiles.GrayPng(50, 20, 100));
        _folder.Write("10 Äpfel/turned.jpeg", ImageFiles.Jpeg(40, 20, (x, _) => new Rgb24((byte)(x * 6), 0, 90), orientation: 6));
        _folder.Write("Zwei Wörter/broken one.jpg", ImageFiles.Jpeg(64, 64, (x, y) => new Rgb24((byte)(x * y), (byte)x, 0))[..700]);
        _folder.Write("ärger/more/below.bmp.png", ImageFiles.Png(20, 20, 9, 8, 7));
        _folder.Write(".hidden/1.png", [1]);
        _folder.Write("ärger/._photo 1.JPG", [1]);
        _folder.Write("ärger/Thumbs.db", [1]);
        _folder.Write("labels.csv", [1]);
    }

    private void WriteTwoClasses(string below, int count = 2)
    {
        foreach (var (name, level) in new[] { ("one", 20), ("two", 220) })
        {
            for (var index = 0; index < count; index++)
            {
                _folder.Write(Path.Combine(below, name, $"{index}.png"), ImageFiles.Png(16, 16, (byte)level, (byte)index, 1));
            }
        }
    }

    private void Link(string path, string target) => Directory.CreateSymbolicLink(Path.Combine(_folder.FullPath, path), target);

    private sealed class Reports : IProgress<ImageFolderReport>
    {
        public List<ImageFolderReport> Received { get; } = [];

        public void Report(ImageFolderReport value) => Received.Add(value);
    }
}
