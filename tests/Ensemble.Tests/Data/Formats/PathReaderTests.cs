using Ensemble.Data;
using Ensemble.Data.Formats;

namespace Ensemble.Tests.Data.Formats;

public sealed class PathReaderTests : IDisposable
{
    private static readonly IDatasetPathReader[] Readers =
        [new NpzPathReader(), new PackedPathReader(), new IdxFolderPathReader(), new CifarFolderPathReader(), new Stl10FolderPathReader(), new SvhnFolderPathReader()];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_NpzFile_IsReadWithTheSeed()
    {
        var path = _folder.Write("own.NPZ", NpyFiles.Archive(
            ("images", NpyFiles.Counting("(40, 1, 1)", 40)), ("labels", NpyFiles.Labels(new byte[40]))));

        var first = Only<NpzPathReader>(path).Load(path, new DatasetRequest { Seed = 1 });
        var second = Only<NpzPathReader>(path).Load(path, new DatasetRequest { Seed = 2 });

        Assert.Equal("own", first.Name);
        Assert.NotEqual(first.Test.Checksum, second.Test.Checksum);
    }

    [Fact]
    public void Load_PackedFile_IsRead()
    {
        var path = Path.Combine(_folder.FullPath, "own.ensdata");
        PackedDataset.Write(path, new DatasetSplits("own", TestImages.Counting(4), TestImages.Counting(2)));

        Assert.Equal(4, Only<PackedPathReader>(path).Load(path, new DatasetRequest()).Train.Count);
    }

    [Fact]
    public void Load_FolderOfIdxFiles_CountsTheClasses()
    {
        _folder.Write("own/train-images-idx3-ubyte", IdxFiles.Images(3, 2));
        _folder.Write("own/train-labels-idx1-ubyte", IdxFiles.Labels(3, 0, 1, 2));
        _folder.Write("own/t10k-images-idx3-ubyte", IdxFiles.Images(2, 2));
        _folder.Write("own/t10k-labels-idx1-ubyte", IdxFiles.Labels(2, 25, 1));
        var path = Path.Combine(_folder.FullPath, "own") + Path.DirectorySeparatorChar;

        var splits = Only<IdxFolderPathReader>(path).Load(path, new DatasetRequest());

        Assert.Equal("own", splits.Name);
        Assert.Equal(26, splits.Train.ClassCount);
        Assert.Equal("25", splits.Test.ClassNames[25]);
    }

    [Fact]
    public void Load_FolderOfIdxFilesInPart_NamesTheMissing()
    {
        _folder.Write("train-images-idx3-ubyte", IdxFiles.Images(3, 2));

        var exception = Assert.Throws<DataFaultException>(
            () => Only<IdxFolderPathReader>(_folder.FullPath).Load(_folder.FullPath, new DatasetRequest()));

        Assert.Contains("t10k-labels", exception.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "cifar10")]
    [InlineData("cifar-10-batches-bin", "cifar10")]
    [InlineData("", "cifar100")]
    [InlineData("cifar-100-binary", "cifar100")]
    public void Load_PublishedCifarFolder_IsReadUnderItsName(string below, string name)
    {
        CifarFiles.WriteFolder(_folder, name == "cifar10" ? CifarFormat.Cifar10 : CifarFormat.Cifar100, below);

        var splits = Only<CifarFolderPathReader>(_folder.FullPath).Load(_folder.FullPath, new DatasetRequest());

        Assert.Equal(name, splits.Name);
        Assert.Equal(1, splits.Test.Count);
    }

    [Fact]
    public void Load_OwnFolderOfCifarsLayout_HasItsOwnClassesAndFiles()
    {
        foreach (var number in new[] { 10, 2, 1 })
        {
            _folder.Write($"own/data_batch_{number}.bin", CifarFiles.Records([(byte)number]));
        }

        _folder.Write("own/test_batch.bin", CifarFiles.Records([0]));
        _folder.Write("own/batches.meta.txt", [.. string.Join('\n', TestImages.Names(11)).Select(character => (byte)character)]);
        var path = Path.Combine(_folder.FullPath, "own");

        var splits = Only<CifarFolderPathReader>(path).Load(path, new DatasetRequest());

        Assert.Equal("own", splits.Name);
        Assert.Equal(11, splits.Train.ClassCount);
        Assert.Equal([1, 2, 10], splits.Train.Labels.ToArray());
    }

    [Fact]
    public void Recognises_OtherPaths_NoneDoes()
    {
        _folder.Write("folder.npz/readme.txt", [1]);
        string[] others = ["absent", "photo.png", "", "a\0b", _folder.FullPath, Path.Combine(_folder.FullPath, "folder.npz")];

        Assert.All(others, path => Assert.DoesNotContain(Readers, reader => reader.Recognises(path)));
    }

    [Fact]
    public void Load_FoldersOfStl10AndSvhn_AreRead()
    {
        Stl10Files.WriteFolder(_folder, "photographs");
        MatFiles.WriteFolder(_folder, "house numbers", isCompressed: false);
        var (photographs, digits) = (Path.Combine(_folder.FullPath, "photographs"), Path.Combine(_folder.FullPath, "house numbers"));

        Assert.Equal("photographs", Only<Stl10FolderPathReader>(photographs).Load(photographs, new DatasetRequest()).Name);
        Assert.Equal("house numbers", Only<SvhnFolderPathReader>(digits).Load(digits, new DatasetRequest()).Name);
    }

    [Fact]
    public void Load_RealData_IsRead()
    {
        var path = SharedData.RequireFolder("mnist");

        Assert.Equal(10, Only<IdxFolderPathReader>(path).Load(path, new DatasetRequest()).Train.ClassCount);
    }

    private static IDatasetPathReader Only<T>(string path) =>
        Assert.IsType<T>(Assert.Single(Readers, reader => reader.Recognises(path)), exactMatch: true) is IDatasetPathReader reader
            ? reader
            : throw new InvalidOperationException();
}
