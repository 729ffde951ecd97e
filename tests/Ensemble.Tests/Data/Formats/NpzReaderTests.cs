using System.IO.Compression;
using System.Text;
using Ensemble.Data;
using Ensemble.Data.Formats;

namespace Ensemble.Tests.Data.Formats;

public sealed class NpzReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_EveryTypeAndOrderOfNumPy_GivesItsValues()
    {
        using var reader = NpzReader.Open(FormatFixtures.Find("deflated.npz"));

        Assert.Equal(40, reader.Names.Count);
        foreach (var name in reader.Names)
        {
            var array = reader.Read(name);

            Assert.Equal([2, 3, 4], array.Sizes);
            Assert.Equal(FormatFixtures.Values(name), ToIntegers(array));
        }
    }

    [Fact]
    public void Read_StoredEntries_GivesTheirValues()
    {
        using var reader = NpzReader.Open(FormatFixtures.Find("stored.npz"));

        Assert.Equal(["i8", "none", "scalar", "u1"], reader.Names);
        Assert.Equal(FormatFixtures.Values("i8"), reader.Read("i8").ToIntegers());
        Assert.Equal([7], reader.Read("scalar").ToIntegers());
        Assert.Equal([0, 3], reader.Read("none").Sizes);
    }

    [Fact]
    public void Read_EntryLargerThanTheFirstBuffer_GivesAll()
    {
        var content = new byte[3_000_000];
        content[^1] = 9;
        var path = _folder.Write(
            "large.npz",
            NpyFiles.Archive(CompressionLevel.Fastest, ("a", NpyFiles.Array("|u1", "(3000000,)", content))));
        using var reader = NpzReader.Open(path);

        Assert.Equal(content, reader.Read("a").Content.ToArray());
    }

    [Fact]
    public void Read_AbsentName_NamesThoseThatAreThere()
    {
        using var reader = NpzReader.Open(FormatFixtures.Find("stored.npz"));

        var exception = Assert.Throws<DataFaultException>(() => reader.Read("absent"));

        Assert.Contains("i8, none, scalar, u1", exception.Found, StringComparison.Ordinal);
        Assert.False(reader.Holds("absent"));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    public void Read_ChangedValue_IsFoundByItsChecksum(CompressionLevel level)
    {
        // Zip has the checksum in two places; the one in the list at the end counts.
        var archive = NpyFiles.Archive(level, ("a", NpyFiles.Labels(1, 2, 3)));
        var directory = archive.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        archive[directory + 16] ^= 1;
        using var reader = NpzReader.Open(_folder.Write("changed.npz", archive));

        Assert.Contains("checksum", Assert.Throws<DataFaultException>(() => reader.Read("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SizeThatNoBytesCanGive_IsRefusedBeforeMemoryIsTaken()
    {
        var archive = NpyFiles.Archive(CompressionLevel.Fastest, ("a", NpyFiles.Array("|u1", "(2000000000,)", 1)));
        var directory = archive.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(archive.AsSpan(directory + 24), 2_000_000_080);
        using var reader = NpzReader.Open(_folder.Write("lie.npz", archive));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var exception = Assert.Throws<DataFaultException>(() => reader.Read("a"));

        Assert.Contains("cannot hold", exception.Found, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Open_NoArchiveOrANameTwice_IsAFault()
    {
        Assert.Throws<DataFaultException>(() => NpzReader.Open(_folder.Write("text.npz", Encoding.UTF8.GetBytes("text"))));
        Assert.Throws<DataFaultException>(() => NpzReader.Open(Path.Combine(_folder.FullPath, "absent.npz")));
        Assert.Contains(
            "two entries",
            Assert.Throws<DataFaultException>(() => NpzReader.Open(_folder.Write(
                "twice.npz", NpyFiles.Archive(("a", NpyFiles.Labels(1)), ("a", NpyFiles.Labels(2)))))).Found,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MutatedFiles_ReadsTheSameOrIsADataFault()
    {
        var labels = NpyFiles.Labels([.. Enumerable.Range(0, 200).Select(value => (byte)(value % 7))]);
        byte[][] originals =
        [
            NpyFiles.Archive(CompressionLevel.NoCompression, ("a", labels), ("b", NpyFiles.Labels(1))),
            NpyFiles.Archive(CompressionLevel.SmallestSize, ("a", labels), ("b", NpyFiles.Labels(1))),
        ];
        for (var round = 0; round < 2000; round++)
        {
            var random = new RandomStream(1, "test/npz-mutations", sample: (ulong)round);
            var path = _folder.Write("mutant.npz", Mutation.Draw(random, originals[round % originals.Length]));

            var outcome = Record.Exception(
                () =>
                {
                    using var reader = NpzReader.Open(path);
                    // An entry may have lost its name; what is read under it must be what was written.
                    Assert.Equal(200, reader.Read("a").Count);
                    Assert.Equal(labels[^200..], reader.Read("a").Content.ToArray());
                });

            Assert.True(outcome is null or DataFaultException, $"round {round}: {outcome}");
        }
    }

    private static long[] ToIntegers(NpyArray array)
    {
        var content = array.Content.ToArray();
        return array.ElementType switch
        {
            NpyElementType.Float32 => [.. Enumerable.Range(0, array.Count).Select(index => (long)BitConverter.ToSingle(content, 4 * index))],
            NpyElementType.Float64 => [.. Enumerable.Range(0, array.Count).Select(index => (long)BitConverter.ToDouble(content, 8 * index))],
            _ => array.ToIntegers(),
        };
    }
}
