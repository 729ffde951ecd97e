using Ensemble.Data;
using Ensemble.Data.Catalog;
using Ensemble.Data.Images;
using Ensemble.Tests.Data.Formats;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Data;

// Resizing goes through tensors.
[Collection(TensorTests.Name)]
public sealed class DatasetRegistryTests
{
    private static readonly DatasetRegistry Registry = DatasetRegistry.CreateDefault();

    [Fact]
    public void Names_OfDefault_AreAllFour()
    {
        Assert.Equal(["cifar10", "cifar100", "mnist", "shapes"], Registry.Names);
        Assert.All(Registry.Providers, provider => Assert.NotEmpty(provider.Description));
    }

    [Theory]
    [InlineData("shapes")]
    [InlineData("Shapes")]
    [InlineData("SHAPES")]
    public void Find_InAnyCase_IsTheProvider(string name) => Assert.Equal("shapes", Registry.Find(name).Name);

    [Fact]
    public void Find_UnknownName_SuggestsTheNearest()
    {
        var exception = Assert.Throws<UnknownNameException>(() => Registry.Find("cifar-100"));

        Assert.Equal("data set", exception.Kind);
        Assert.Equal("cifar100", exception.Suggestion);
    }

    [Fact]
    public void Add_NameThatIsTaken_IsRefused() =>
        Assert.Throws<ArgumentException>(() => DatasetRegistry.CreateDefault().Add(new ShapesProvider()));

    [Theory]
    [InlineData("mnist")]
    [InlineData("cifar10")]
    [InlineData("cifar100")]
    public void Load_WithoutTheDirectoryItNeeds_IsADataFault(string name) =>
        Assert.Throws<DataFaultException>(() => Registry.Load(name, new DatasetRequest()));

    [Fact]
    public void Load_WithValidation_CarvesItOff()
    {
        var registry = new DatasetRegistry().Add(
            new ShapesProvider(new ShapesOptions { TrainCount = 100, TestCount = 10 }));

        var splits = registry.Load("shapes", new DatasetRequest { Seed = 3, ValidationCount = 20 });

        Assert.Equal((80, 20, 10), (splits.Train.Count, splits.Validation!.Count, splits.Test.Count));
        Assert.Contains("seed 3", splits.Train.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MoreValidationThanThereIs_IsADataFault()
    {
        var registry = new DatasetRegistry().Add(
            new ShapesProvider(new ShapesOptions { TrainCount = 100, TestCount = 10 }));

        var exception = Assert.Throws<DataFaultException>(
            () => registry.Load("shapes", new DatasetRequest { ValidationCount = 91 }));

        Assert.Contains("90", exception.Found, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => registry.Load("shapes", new DatasetRequest { ValidationCount = -1 }));
    }

    [Fact]
    public void Load_CataloguedAndDownloaded_IsReadByNameWithItsClassNames()
    {
        using var data = new TemporaryFolder();
        WriteIdx(data, "fashion-mnist");
        data.Write("fashion-mnist/.download.json", [(byte)'{']);

        var splits = Registry.Load("Fashion-MNIST", new DatasetRequest { Directory = data.FullPath });

        Assert.Equal(("fashion-mnist", 3), (splits.Name, splits.Train.Count));
        Assert.Equal(10, splits.Train.ClassCount);
        Assert.NotEqual("0", splits.Train.ClassNames[0]);
    }

    [Fact]
    public void Load_CataloguedFolderOfTheFilesThemselves_IsRead()
    {
        using var data = new TemporaryFolder();
        WriteIdx(data, "mine");

        var request = new DatasetRequest { Directory = Path.Combine(data.FullPath, "mine") };

        Assert.Equal("kmnist", Registry.Load("kmnist", request).Name);
    }

    [Fact]
    public void Load_CataloguedButNotDownloaded_SaysHowToGetIt()
    {
        var exception = Assert.Throws<DataFaultException>(() => Registry.Load("eurosat", new DatasetRequest()));

        Assert.Contains("./ensemble data download eurosat", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_CataloguedInEveryLayout_HasItsReader()
    {
        using var data = new TemporaryFolder();
        MatFiles.WriteFolder(data, "svhn", isCompressed: true);
        Stl10Files.WriteFolder(data, "stl10/stl10_binary");
        data.Write("svhn/.download.json", [(byte)'{']);
        data.Write("stl10/.download.json", [(byte)'{']);

        var digits = Registry.Load("svhn", new DatasetRequest { Directory = data.FullPath });
        var photographs = Registry.Load("stl10", new DatasetRequest { Directory = data.FullPath, Reading = new ReadingOptions { SizePixels = 32 } });

        Assert.Equal(("svhn", 10), (digits.Name, digits.Train.ClassCount));
        Assert.Equal(("stl10", "3x32x32"), (photographs.Name, $"{photographs.Train.Shape}"));
        Assert.All(DatasetCatalog.Load().Entries, entry => Assert.Contains(entry.Name, Registry.KnownNames));
    }

    [Theory]
    [InlineData("shapes")]
    [InlineData("one class")]
    public void Load_Cancelled_Stops(string name)
    {
        using var data = new TemporaryFolder();
        data.Write("one class/a/1.png", [1]);
        data.Write("one class/b/1.png", [1]);
        var request = new DatasetRequest { CancellationToken = new CancellationToken(canceled: true) };

        Assert.ThrowsAny<OperationCanceledException>(() => Registry.Load(name == "shapes" ? name : Path.Combine(data.FullPath, name), request));
    }

    [Fact]
    public void Load_Path_IsReadByWhatRecognisesIt()
    {
        using var data = new TemporaryFolder();
        WriteIdx(data, "own digits");
        var path = Path.Combine(data.FullPath, "own digits");

        Assert.Equal("own digits", Registry.Load(path, new DatasetRequest()).Name);
        Assert.Equal("own digits", Registry.NameOf(path + Path.DirectorySeparatorChar));
        Assert.True(Registry.IsPath(path));
        Assert.False(Registry.IsPath("mnist"));
        Assert.False(Registry.IsPath("eurosat"));
    }

    [Fact]
    public void Load_PathThatNothingReads_NamesWhatIsUnderstood()
    {
        using var data = new TemporaryFolder();

        var exception = Assert.Throws<DataFaultException>(() => Registry.Load(data.FullPath, new DatasetRequest()));

        Assert.All(Registry.PathReaders, reader => Assert.Contains(reader.Reads, exception.Expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_OptionThatTheReaderHasNoUseFor_IsRefused()
    {
        using var data = new TemporaryFolder();
        WriteIdx(data, "own");
        var request = new DatasetRequest { Reading = new ReadingOptions { BrokenImages = BrokenImagePolicy.Skip, TestShare = 0.5 } };

        var exception = Assert.Throws<DataFaultException>(() => Registry.Load(Path.Combine(data.FullPath, "own"), request));

        Assert.Contains("--broken and --test-share", exception.Expected, StringComparison.Ordinal);
        Assert.Throws<DataFaultException>(() => Registry.Require("shapes", request));
    }

    [Fact]
    public void Require_ReadingOutOfRange_NamesAll()
    {
        var request = new DatasetRequest { Reading = new ReadingOptions { SizePixels = 7, TestShare = double.NaN } };

        var exception = Assert.Throws<ArgumentException>(() => Registry.Require("shapes", request));

        Assert.Contains("SizePixels", exception.Message, StringComparison.Ordinal);
        Assert.Contains("TestShare", exception.Message, StringComparison.Ordinal);
    }

    private static void WriteIdx(TemporaryFolder data, string folder)
    {
        data.Write($"{folder}/train-images-idx3-ubyte", IdxFiles.Images(3, 2));
        data.Write($"{folder}/train-labels-idx1-ubyte", IdxFiles.Labels(3, 0, 1, 2));
        data.Write($"{folder}/t10k-images-idx3-ubyte", IdxFiles.Images(2, 2));
        data.Write($"{folder}/t10k-labels-idx1-ubyte", IdxFiles.Labels(2, 1, 0));
    }
}
