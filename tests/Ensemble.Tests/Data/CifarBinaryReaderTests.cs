using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class CifarBinaryReaderTests : IDisposable
{
    private static readonly string[] TenNames = TestImages.Names(10);
    private static readonly string[] HundredNames = TestImages.Names(100);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TwoFilesOfCifar10_JoinsThem()
    {
        var first = _folder.Write("first", CifarFiles.Records([6], [9]));
        var second = _folder.Write("second", CifarFiles.Records([0]));

        var dataset = CifarBinaryReader.Read([first, second], CifarFormat.Cifar10, TenNames);

        Assert.Equal([6, 9, 0], dataset.Labels.ToArray());
        Assert.All(dataset.Image(0).ToArray(), value => Assert.Equal(0, value));
        Assert.All(dataset.Image(1).ToArray(), value => Assert.Equal(1, value));
        Assert.All(dataset.Image(2).ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(_folder.FullPath, dataset.Source);
    }

    [Fact]
    public void Read_Cifar100_TakesTheFineLabel()
    {
        var file = _folder.Write("file", CifarFiles.Records([19, 99], [0, 42]));

        var dataset = CifarBinaryReader.Read([file], CifarFormat.Cifar100, HundredNames);

        Assert.Equal([99, 42], dataset.Labels.ToArray());
        Assert.All(dataset.Image(1).ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void Read_MoreRecordsThanTheBuffer_GivesAll()
    {
        var file = _folder.Write(
            "file", CifarFiles.Records([.. Enumerable.Range(0, 600).Select(index => new[] { (byte)(index % 10) })]));

        var dataset = CifarBinaryReader.Read([file], CifarFormat.Cifar10, TenNames);

        Assert.Equal(Enumerable.Range(0, 600).Select(index => index % 10), dataset.Labels.ToArray());
        Assert.All(Enumerable.Range(0, 600), index => Assert.Equal((byte)index, dataset.Image(index)[3071]));
    }

    public static TheoryData<byte[], string> FaultyFiles => new()
    {
        { [], "an empty file" },
        { [1, 2, 3], "0 records and 3 bytes more" },
        { CifarFiles.Records([1], [2])[..^1], "1 records and 3072 bytes more" },
        { [.. CifarFiles.Records([1]), 0], "1 records and 1 bytes more" },
        { CifarFiles.Records([1], [10]), "10 in record 1" },
        { CifarFiles.Records([1, 1]), "1 records and 1 bytes more" },
    };

    [Theory]
    [MemberData(nameof(FaultyFiles))]
    public void Read_FaultyCifar10_NamesFileAndFinding(byte[] content, string found)
    {
        var file = _folder.Write("file", content);

        var exception = Assert.Throws<DataFaultException>(
            () => CifarBinaryReader.Read([file], CifarFormat.Cifar10, TenNames));

        Assert.Equal(file, exception.Path);
        Assert.Contains(found, exception.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 0, "20 in record 0")]
    [InlineData(0, 100, "100 in record 0")]
    public void Read_Cifar100LabelOutOfRange_NamesIt(byte coarse, byte fine, string found)
    {
        var file = _folder.Write("file", CifarFiles.Records([coarse, fine]));

        var exception = Assert.Throws<DataFaultException>(
            () => CifarBinaryReader.Read([file], CifarFormat.Cifar100, HundredNames));

        Assert.Equal(found, exception.Found);
    }

    [Fact]
    public void Read_WrongArguments_IsRefused()
    {
        Assert.ThrowsAny<ArgumentException>(() => CifarBinaryReader.Read([], CifarFormat.Cifar10, TenNames));
        Assert.ThrowsAny<ArgumentException>(() => CifarBinaryReader.Read(["x"], CifarFormat.Cifar10, HundredNames));
    }

    [Fact]
    public void Read_MutatedFiles_ReadsOrIsADataFault()
    {
        var original = CifarFiles.Records([1], [2], [3]);
        for (var round = 0; round < 1000; round++)
        {
            var random = new RandomStream(1, "test/cifar-mutations", sample: (ulong)round);
            var file = _folder.Write("file", Mutation.Draw(random, original));

            var outcome = Record.Exception(() => CifarBinaryReader.Read([file], CifarFormat.Cifar10, TenNames));

            Assert.True(outcome is null or DataFaultException, $"round {round}: {outcome}");
        }
    }
}
