using System.Text;
using Ensemble.Data;
using Ensemble.Data.Catalog;
using Ensemble.Data.Formats;

namespace Ensemble.Tests.Data.Catalog;

public sealed class DatasetCatalogTests
{
    private static readonly DatasetCatalog Catalog = DatasetCatalog.Load();

    public static TheoryData<string> Names => new(Catalog.Names);

    [Fact]
    public void Load_TheLibrarysOwn_HoldsTheKnownDataSets() => Assert.All(
        ["mnist", "fashion-mnist", "kmnist", "cifar10", "cifar100", "svhn", "eurosat", "stl10", "imagenette-160", "pathmnist"],
        name => Assert.Contains(name, Catalog.Names));

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_EveryEntry_CanBeVerifiedAndFitsItsLayout(string name)
    {
        var entry = Catalog.Find(name);

        entry.Validate();
        Assert.True(entry.HasChecksums, "a checksum is missing");
        Assert.All(entry.Files, file => Assert.Contains(": ", file.ChecksumSource, StringComparison.Ordinal));
        Assert.All(entry.Files, file => Assert.All(
            file.Urls, url => Assert.Contains(file.Name, url, StringComparison.Ordinal)));
        Assert.True(entry.Counts.Total > 0);
        switch (entry.Layout)
        {
            case DatasetLayout.Idx:
                Assert.Equal(4, entry.Files.Count);
                Assert.Equal(1, entry.Shape!.Channels);
                break;
            case DatasetLayout.CifarBinary:
                var format = name == "cifar10" ? CifarFormat.Cifar10 : CifarFormat.Cifar100;
                Assert.Equal(CifarFormat.ImageShape, entry.Shape);
                Assert.Equal(format.ClassCount, entry.ClassNames.Count);
                Assert.True(entry.UnpackedBytes > (long)entry.Counts.Total * format.RecordBytes);
                break;
            case DatasetLayout.Npz:
                Assert.All(entry.Files, file => Assert.EndsWith(".npz", file.Name, StringComparison.Ordinal));
                Assert.True(entry.Counts.Validation > 0);
                break;
            case DatasetLayout.ImageFolder:
                Assert.True(entry.UnpackedEntries > entry.Counts.Total);
                break;
            case DatasetLayout.Stl10Binary:
                Assert.Equal(Stl10Folder.ImageShape, entry.Shape);
                break;
            case DatasetLayout.Matlab:
                Assert.Equal(["train_32x32.mat", "test_32x32.mat"], entry.Files.Select(file => file.Name));
                break;
            default:
                Assert.Fail($"{entry.Layout}: say here what holds for it");
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_EveryChecksum_IsThatOfOneFileAlone(string name)
    {
        var others = Catalog.Entries.Where(entry => entry.Name != name).SelectMany(entry => entry.Files).ToList();

        Assert.All(Catalog.Find(name).Files, file => Assert.DoesNotContain(
            others, other => (file.Md5 is not null && file.Md5 == other.Md5) || (file.Sha256 is not null && file.Sha256 == other.Sha256)));
    }

    [Fact]
    public void Find_OtherCase_IsFound() => Assert.Equal("cifar10", Catalog.Find("CIFAR10").Name);

    [Fact]
    public void Find_Misspelt_SuggestsTheNearest()
    {
        var fault = Assert.Throws<UnknownNameException>(() => Catalog.Find("cifar-10"));

        Assert.Equal("cifar10", fault.Suggestion);
    }

    [Fact]
    public void Parse_ManyFaults_NamesAll()
    {
        var fault = Assert.Throws<DataFaultException>(() => Parse("""
            { "version": 2, "entries": [{
                "name": "No Name", "title": "", "description": "d", "classNames": ["a", "a"], "shape": null,
                "counts": { "train": 0, "validation": -1, "test": 0 }, "layout": "image-folder", "folder": "../up",
                "licence": "l", "citation": "c", "homepage": "file:///x",
                "files": [{ "name": "../x", "urls": ["ftp://x/y"], "bytes": 0, "md5": "12", "sha256": "AB",
                            "checksumSource": "", "archive": "zip" }] }] }
            """));

        Assert.All(
            [
                "version must be 1", "No Name.Name", "Title is empty", "ClassNames names one twice", "Counts.Train",
                "Counts.Validation", "Folder leads out", "Homepage", "no plain file name", "ftp://x/y", "Bytes must be",
                "Md5 must be", "Sha256 must be", "ChecksumSource is empty", "UnpackedBytes",
            ],
            part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{ "version": 1 }""")]
    [InlineData("""{ "version": 1, "entries": null }""")]
    [InlineData("""{ "version": 1, "entries": [null] }""")]
    [InlineData("""{ "version": 1, "entries": [], "more": 1 }""")]
    public void Parse_NoCatalogue_IsADataFault(string json) => Assert.Throws<DataFaultException>(() => Parse(json));

    [Fact]
    public void Validate_ArchiveBesideAnotherFile_IsAFault()
    {
        var archive = Catalog.Find("cifar10");

        var fault = Assert.Throws<ArgumentException>(() =>
            (archive with { Files = [.. archive.Files, Catalog.Find("mnist").Files[0]] }).Validate());

        Assert.Contains("one archive", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReaderFolder_EntryWithAFolder_IsBelowTheDataSet() => Assert.Equal(
        Path.Combine("data", "eurosat", "2750"), Catalog.Find("eurosat").ReaderFolder("data"));

    private static DatasetCatalog Parse(string json) => DatasetCatalog.Parse(Encoding.UTF8.GetBytes(json), "test.json");
}
