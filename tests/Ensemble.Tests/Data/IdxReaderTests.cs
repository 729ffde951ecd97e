using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class IdxReaderTests : IDisposable
{
    private static readonly string[] ClassNames = TestImages.Names(10);
    private static readonly byte[] ThreeImages = IdxFiles.Images(3, 2);
    private static readonly byte[] ThreeLabels = IdxFiles.Labels(3, 7, 0, 9);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, "images")]
    [InlineData(true, "images.gz")]
    [InlineData(true, "named-as-if-plain")]
    [InlineData(false, "named-as-if-packed.gz")]
    public void Read_ThreeImages_GivesPixelsAndLabels(bool compress, string name)
    {
        var images = _folder.Write(name, compress ? IdxFiles.Compress(ThreeImages) : ThreeImages);
        var labels = _folder.Write("labels", compress ? IdxFiles.Compress(ThreeLabels) : ThreeLabels);

        var dataset = IdxReader.Read(images, labels, ClassNames);

        Assert.Equal(new ImageShape(1, 2, 2), dataset.Shape);
        Assert.Equal(Enumerable.Range(0, 12).Select(value => (byte)value), dataset.Pixels.ToArray());
        Assert.Equal([7, 0, 9], dataset.Labels.ToArray());
        Assert.Equal(images, dataset.Source);
    }

    [Fact]
    public void Read_GzipLargerThanTheFirstBuffer_GivesAll()
    {
        var content = IdxFiles.Images(5, 700);
        var images = _folder.Write("images.gz", IdxFiles.Compress(content));
        var labels = _folder.Write("labels", IdxFiles.Labels(5, 0, 1, 2, 3, 4));

        Assert.Equal(content[16..], IdxReader.Read(images, labels, ClassNames).Pixels.ToArray());
    }

    public static TheoryData<string, byte[], string> FaultyImages => new()
    {
        { "empty", [], "an empty file" },
        { "truncated header", ThreeImages[..10], "10 bytes" },
        { "truncated", ThreeImages[..^1], "11 bytes after the header" },
        { "trailing byte", [.. ThreeImages, 0], "13 bytes after the header" },
        { "labels instead", ThreeLabels, "11 bytes" },
        { "wrong magic", [.. Enumerable.Repeat((byte)1, 16)], "0x01010101" },
        { "floats", [0, 0, 0x0D, 3, .. ThreeImages[4..]], "0x00000D03" },
        { "no images", IdxFiles.Images(0, 2, 2, []), "0 images of 2x2" },
        { "no rows", IdxFiles.Images(3, 0, 2, []), "3 images of 0x2" },
        { "huge", IdxFiles.Images(uint.MaxValue, uint.MaxValue, uint.MaxValue, [1]), "4294967295 images" },
        { "2 GB", IdxFiles.Images(2_000_000_000, 1, 1, [1]), "1 bytes after the header" },
        { "gzip, 2 GB", IdxFiles.Compress(IdxFiles.Images(2_000_000_000, 1, 1, [1])), "cannot hold them" },
        { "gzip, truncated content", IdxFiles.Compress(ThreeImages[..^1]), "the end after 11" },
        { "gzip, trailing content", IdxFiles.Compress([.. ThreeImages, 0]), "more bytes" },
        { "gzip, no content", Convert.FromHexString("1F8B080000000000000303000000000000000000"), "0 bytes" },
        { "gzip, header alone", IdxFiles.Compress(ThreeImages)[..10], "" },
        { "gzip, cut in half", IdxFiles.Compress(ThreeImages)[..20], "" },
        { "gzip, without its trailer", IdxFiles.Compress(ThreeImages)[..^8], "cut short" },
        { "gzip, cut by a byte", IdxFiles.Compress(ThreeImages)[..^1], "cut short" },
        { "gzip, followed by something", [.. IdxFiles.Compress(ThreeImages), 1, 2, 3, 4, 5], "followed by something" },
        { "gzip, wrong checksum", FlipByte(IdxFiles.Compress(ThreeImages), ^5), "corrupt gzip" },
    };

    [Theory]
    [MemberData(nameof(FaultyImages))]
    public void Read_FaultyImages_NamesFileAndFinding(string fault, byte[] content, string found)
    {
        var images = _folder.Write("images", content);
        var labels = _folder.Write("labels", ThreeLabels);

        var exception = Assert.Throws<DataFaultException>(() => IdxReader.Read(images, labels, ClassNames));

        Assert.Equal(images, exception.Path);
        Assert.True(exception.Found.Contains(found, StringComparison.Ordinal), $"{fault}: {exception.Message}");
        Assert.NotEmpty(exception.Remedy);
    }

    public static TheoryData<string, byte[], string> FaultyLabels => new()
    {
        { "images instead", ThreeImages, "0x00000803" },
        { "truncated", ThreeLabels[..^1], "2 bytes after the header" },
        { "none", IdxFiles.Labels(0), "0 labels" },
        { "too few", IdxFiles.Labels(2, 0, 1), "2" },
        { "too many", IdxFiles.Labels(4, 0, 1, 2, 3), "4" },
        { "out of range", IdxFiles.Labels(3, 0, 1, 10), "10 at index 2" },
        { "huge", IdxFiles.Labels(uint.MaxValue), "4294967295 labels" },
    };

    [Theory]
    [MemberData(nameof(FaultyLabels))]
    public void Read_FaultyLabels_NamesFileAndFinding(string fault, byte[] content, string found)
    {
        var images = _folder.Write("images", ThreeImages);
        var labels = _folder.Write("labels", content);

        var exception = Assert.Throws<DataFaultException>(() => IdxReader.Read(images, labels, ClassNames));

        Assert.Equal(labels, exception.Path);
        Assert.True(exception.Found.Contains(found, StringComparison.Ordinal), $"{fault}: {exception.Message}");
    }

    [Fact]
    public void Read_NoFileOrAFolder_IsAFault()
    {
        var labels = _folder.Write("labels", ThreeLabels);

        Assert.Contains("nothing", Fault(Path.Combine(_folder.FullPath, "absent")).Found, StringComparison.Ordinal);
        Assert.Contains("nothing", Fault("a\0b").Found, StringComparison.Ordinal);
        Assert.Contains("a folder", Fault(_folder.FullPath).Found, StringComparison.Ordinal);

        DataFaultException Fault(string path) =>
            Assert.Throws<DataFaultException>(() => IdxReader.Read(path, labels, ClassNames));
    }

    [Fact]
    public void Read_MutatedFiles_ReadsOrIsADataFault()
    {
        byte[][] originals = [ThreeImages, IdxFiles.Compress(ThreeImages), ThreeLabels, IdxFiles.Compress(ThreeLabels)];
        for (var round = 0; round < 1000; round++)
        {
            var random = new RandomStream(1, "test/idx-mutations", sample: (ulong)round);
            var original = round % originals.Length;
            var mutant = _folder.Write("mutant", Mutation.Draw(random, originals[original]));
            var sound = _folder.Write("sound", original < 2 ? ThreeLabels : ThreeImages);

            var outcome = Record.Exception(
                () => original < 2
                    ? IdxReader.Read(mutant, sound, ClassNames)
                    : IdxReader.Read(sound, mutant, ClassNames));

            Assert.True(outcome is null or DataFaultException, $"round {round}: {outcome}");
        }
    }

    private static byte[] FlipByte(byte[] content, Index index)
    {
        content[index] ^= 0xFF;
        return content;
    }
}
