using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Storage;
using Ensemble.Teachers;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using TorchSharp;

namespace Ensemble.Tests.Teachers;

[Collection(TensorTests.Name)]
public sealed class SoftTargetShardsTests : IDisposable
{
    private const int Samples = 1203;

    private static readonly ViewOptions s_views = new() { Seed = 7, Count = 2 };

    private readonly string _folder = Directory.CreateTempSubdirectory("soft-target-shards-").FullName;
    private readonly ResidentDataset _images = new(Images(), MarkedImages.Bytes, new AugmentationOptions { HorizontalFlip = true }, torch.CPU);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _first = Create(1);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _second = Create(2);
    private readonly TeacherEnsemble _teachers;

    public SoftTargetShardsTests() => _teachers = new TeacherEnsemble([_first, _second], Precision.Fp32);

    private string Parted => Path.Combine(_folder, "parted");

    private SoftTargetShards Shards => new(Parted);

    public void Dispose()
    {
        _images.Dispose();
        _first.Dispose();
        _second.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Join_Shards_IsTheStoreOfOneProcessBitForBit(int count)
    {
        var whole = Path.Combine(_folder, "whole");
        SoftTargetStore.Complete(whole, Header(), s_views, _teachers, _images, cancellationToken: TestContext.Current.CancellationToken).Dispose();
        foreach (var number in Enumerable.Range(1, count).Reverse())
        {
            Write(number, count);
        }

        Shards.Join(Header(), s_views);

        Assert.Equal(Checksums(whole), Checksums(Parted));
        Assert.False(Shards.Any);
        SoftTargetStore.Open(Parted, Header(), s_views).Dispose();
    }

    [Theory]
    [InlineData(1203, 500, 3, "0+500 500+500 1000+203")]
    [InlineData(1203, 500, 2, "0+500 500+703")]
    [InlineData(1203, 500, 5, "0+0 0+500 500+0 500+500 1000+203")]
    [InlineData(10_000_000, 500, 3, "0+3333000 3333000+3333500 6666500+3333500")]
    [InlineData(1, 500, 1, "0+1")]
    public void RangeOf_EveryShard_TilesTheSamplesBetweenBatches(int samples, int batchSize, int count, string expected) => Assert.Equal(
        expected, string.Join(' ', Enumerable.Range(1, count).Select(number => new SampleShard(number, count).RangeOf(samples, batchSize)).Select(range => $"{range.First}+{range.Count}")));

    [Fact]
    public void Write_Again_LeavesWhatIsThere()
    {
        Write(1, 2);
        var before = Checksums(Parted);
        File.SetLastWriteTimeUtc(Files(Parted)[0], DateTime.UnixEpoch);

        Write(1, 2);

        Assert.Equal(before, Checksums(Parted));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(Files(Parted)[0]));
        Assert.Empty(Shards.MissingViews(new SampleShard(1, 2), s_views));
        Assert.Equal([0, 1], Shards.MissingViews(new SampleShard(2, 2), s_views));
    }

    [Fact]
    public void Join_ShardMissing_NamesItsSamplesAndThoseThatAreThere()
    {
        Write(1, 3);
        Write(3, 3);

        var fault = Assert.Throws<DataFaultException>(() => Shards.Join(Header(), s_views));

        Assert.Equal("no shard with samples 500 to 999 (there: 1-of-3, 3-of-3)", fault.Found);
        Assert.True(Shards.Any);
    }

    [Fact]
    public void Join_LastShardMissing_NamesItsSamples()
    {
        Write(1, 3);

        Assert.StartsWith("no shard with samples 500 to 1202", Assert.Throws<DataFaultException>(() => Shards.Join(Header(), s_views)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_ShardsOfTwoDivisions_NamesBoth()
    {
        Write(1, 3);
        Write(1, 1);

        var fault = Assert.Throws<DataFaultException>(() => Shards.Join(Header(), s_views));

        Assert.Contains("1-of-1", fault.Path, StringComparison.Ordinal);
        Assert.Contains("1-of-3", fault.Expected, StringComparison.Ordinal);
        Assert.Equal("samples 0 to 1202", fault.Found);
    }

    [Theory]
    [InlineData("teachers")]
    [InlineData("data")]
    [InlineData("view recipe")]
    public void Join_ShardOfSomethingElse_IsRefusedByName(string difference)
    {
        Write(1, 2);
        Write(2, 2, difference switch
        {
            "teachers" => Header() with { Teachers = ["a", "c"] },
            "data" => Header() with { Data = "other" },
            _ => Header() with { ViewRecipe = "other" },
        });

        var fault = Assert.Throws<DataFaultException>(() => Shards.Join(Header(), s_views));

        Assert.Contains("2-of-2", fault.Path, StringComparison.Ordinal);
        Assert.EndsWith(difference, fault.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_ShardThatWasChanged_IsRefused()
    {
        Write(1, 2);
        Write(2, 2);
        var path = Files(Parted)[^1];
        var bytes = File.ReadAllBytes(path);
        bytes[^100] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Contains("sha256", Assert.Throws<DataFaultException>(() => Shards.Join(Header(), s_views)).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_RowsOfOtherSamples_AreRefused()
    {
        // Whole, with the right range and checksum, but in another order.
        int[] order = [.. Enumerable.Range(0, Samples).Reverse()];
        var rows = new SoftTargetBatch(order, new float[2 * Samples * MarkedImages.ClassCount]);
        var header = Header() with { Range = new SampleRange { First = 0, Count = Samples } };
        SoftTargetFile.Write(Path.Combine(Shards.PathOf(new SampleShard(1, 1)), "view-0000.logits"), header, [rows]);

        var fault = Assert.Throws<DataFaultException>(() => Shards.Join(Header(), s_views));

        Assert.Equal(("sample 0 in row 0", "sample 1202"), (fault.Expected, fault.Found));
    }

    [Fact]
    public void Open_ShardInPlaceOfAView_IsRefused()
    {
        Write(1, 3);
        File.Copy(Files(Parted)[0], Path.Combine(Parted, "view-0000.logits"));

        Assert.Contains("rows", Assert.Throws<DataFaultException>(() => SoftTargetStore.Open(Parted, Header(), s_views)).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2/8", true)]
    [InlineData("8/8", true)]
    [InlineData("0/8", false)]
    [InlineData("9/8", false)]
    [InlineData("1/0", false)]
    [InlineData("1/10001", false)]
    [InlineData("-1/8", false)]
    [InlineData("1", false)]
    [InlineData("1/2/3", false)]
    [InlineData(" 1/2", false)]
    public void TryParse_Text_IsAShardOrNone(string text, bool isOne)
    {
        var shard = SampleShard.TryParse(text);

        Assert.Equal(isOne ? text : null, shard?.ToString());
    }

    private static ImageDataset Images()
    {
        var shape = new ImageShape(2, 2, 3);
        var pixels = Enumerable.Range(0, Samples * shape.ValueCount).Select(place => (byte)(place * 31 % 251)).ToArray();
        return new ImageDataset(shape, pixels, Enumerable.Range(0, Samples).Select(MarkedImages.LabelOf).ToArray(), TestImages.Names(MarkedImages.ClassCount), "striped");
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(ulong seed) =>
        ModelRegistry.CreateDefault().Create("mlp-6", new ImageShape(2, 2, 3), MarkedImages.ClassCount, seed);

    private static SoftTargetHeader Header() => new()
    {
        Teachers = ["a", "b"],
        Data = "striped",
        ViewRecipe = "flip",
        View = 0,
        Samples = Samples,
        Classes = MarkedImages.ClassCount,
    };

    private static string[] Files(string folder) => [.. Directory.GetFiles(folder, "*.logits", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static string[] Checksums(string folder) => [.. Files(folder).Select(file => $"{Path.GetRelativePath(folder, file)} {FileChecksum.Sha256(file)}")];

    private void Write(int number, int count, SoftTargetHeader? header = null) =>
        Shards.Write(new SampleShard(number, count), header ?? Header(), s_views, _teachers, _images, cancellationToken: TestContext.Current.CancellationToken);
}
