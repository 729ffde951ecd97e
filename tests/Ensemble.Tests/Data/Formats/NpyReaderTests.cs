using Ensemble.Data;
using Ensemble.Data.Formats;

namespace Ensemble.Tests.Data.Formats;

public sealed class NpyReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("version1.npy")]
    [InlineData("version2.npy")]
    [InlineData("version3.npy")]
    public void Read_EachVersionOfNumPy_GivesItsValues(string file)
    {
        var array = NpyReader.Read(FormatFixtures.Find(file));

        Assert.Equal(NpyElementType.Int32, array.ElementType);
        Assert.Equal([2, 3, 4], array.Sizes);
        Assert.Equal(FormatFixtures.Values("i4"), array.ToIntegers());
    }

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }          \n")]
    [InlineData("{\"shape\":(2,3),\"descr\":\"<u1\",\"fortran_order\":False}")]
    [InlineData("{'fortran_order': False, 'shape': (2, 3,), 'descr': '>u1'}\n\n")]
    public void Read_HeaderOfTheSameMeaning_IsRead(string header)
    {
        var path = _folder.Write("array.npy", NpyFiles.Array(header, 1, 2, 3, 4, 5, 6));

        Assert.Equal([1, 2, 3, 4, 5, 6], NpyReader.Read(path).Content.ToArray());
    }

    [Fact]
    public void Read_SingleValueAndNoValues_KeepTheirSizes()
    {
        var single = NpyReader.Read(_folder.Write("single.npy", NpyFiles.Array("|i1", "()", 0xFE)));
        var none = NpyReader.Read(_folder.Write("none.npy", NpyFiles.Array("<f8", "(2147483647, 0, 2147483647)")));

        Assert.Empty(single.Sizes);
        Assert.Equal([-2], single.ToIntegers());
        Assert.Equal(0, none.Count);
    }

    [Fact]
    public void ToIntegers_FloatingPoint_Throws()
    {
        var path = _folder.Write("array.npy", NpyFiles.Array("<f4", "(1,)", 0, 0, 0, 0));

        Assert.Throws<InvalidOperationException>(() => NpyReader.Read(path).ToIntegers());
    }

    public static TheoryData<string, byte[], string> Faulty => new()
    {
        { "no magic", [.. Enumerable.Repeat((byte)1, 20)], "0x0101" },
        { "version 4", Patch(NpyFiles.Labels(1), 6, 4), "version 4.0" },
        { "cut before its header", NpyFiles.Labels(1)[..9], "the end" },
        { "cut in its header", NpyFiles.Labels(1)[..30], "the end" },
        { "cut", NpyFiles.Labels(1, 2)[..^1], "1 bytes after" },
        { "followed by a byte", [.. NpyFiles.Labels(1, 2), 0], "3 bytes after" },
        { "header too long", Patch(Patch(NpyFiles.Labels(1), 6, 2), 11, 1), "bytes" },
        { "2 GiB of nothing", NpyFiles.Array("|u1", "(2147483647,)"), "0 bytes after" },
        { "sizes that overflow", NpyFiles.Array("<f8", "(2147483647, 2147483647, 2147483647, 2147483647)"), "0 bytes" },
        { "a size past int", NpyFiles.Array("|u1", "(2147483648,)"), "'2147483648,)" },
        { "a negative size", NpyFiles.Array("|u1", "(-1,)"), "'-1,)" },
        { "too many sizes", NpyFiles.Array("|u1", $"({string.Concat(Enumerable.Repeat("1,", 40))})", 1), "dimensions" },
        { "pickled objects", NpyFiles.Array("|O", "(1,)", 0), "'|O'" },
        { "text", NpyFiles.Array("<U1", "(1,)", 0, 0, 0, 0), "'<U1'" },
        { "complex", NpyFiles.Array("<c8", "(1,)", 0, 0, 0, 0, 0, 0, 0, 0), "'<c8'" },
        { "no byte order", NpyFiles.Array("|i4", "(1,)", 0, 0, 0, 0), "byte order" },
        { "no shape", NpyFiles.Array("{'descr': '|u1', 'fortran_order': False}", 1), "no 'descr'" },
        { "a key twice", NpyFiles.Array("{'descr': '|u1', 'descr': '|u1'}", 1), "comes twice" },
        { "an unknown key", NpyFiles.Array("{'descr': '|u1', 'x': 1}", 1), "'x'" },
        { "an expression", NpyFiles.Array("|u1", "(1+1,)", 1, 1), "'+1,)" },
        { "a call", NpyFiles.Array("__import__('os').abort()", 1), "'{'" },
        { "an escape", NpyFiles.Array("{'de\\x73cr': '|u1'}", 1), "escapes" },
        { "something after it", NpyFiles.Array("{'descr': '|u1', 'fortran_order': False, 'shape': (1,)} x", 1), "the end" },
        { "an open string", NpyFiles.Array("{'descr", 1), "string's end" },
        { "nothing", NpyFiles.Array("", 1), "the end where '{'" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Read_FaultyFile_NamesFileAndFinding(string fault, byte[] content, string found)
    {
        var path = _folder.Write("faulty.npy", content);

        var exception = Assert.Throws<DataFaultException>(() => NpyReader.Read(path));

        Assert.Equal(path, exception.Path);
        Assert.True(exception.Found.Contains(found, StringComparison.Ordinal), $"{fault}: {exception.Message}");
    }

    [Theory]
    [InlineData("objects.npy")]
    [InlineData("structure.npy")]
    public void Read_NumPysOtherKinds_AreFaults(string file) =>
        Assert.Throws<DataFaultException>(() => NpyReader.Read(FormatFixtures.Find(file)));

    [Fact]
    public void Read_MutatedFiles_ReadsOrIsADataFault()
    {
        byte[][] originals = [.. new[] { "version1.npy", "version2.npy", "version3.npy", "objects.npy" }
            .Select(file => File.ReadAllBytes(FormatFixtures.Find(file)))];
        for (var round = 0; round < 1000; round++)
        {
            var random = new RandomStream(1, "test/npy-mutations", sample: (ulong)round);
            var path = _folder.Write("mutant.npy", Mutation.Draw(random, originals[round % originals.Length]));

            var outcome = Record.Exception(() => NpyReader.Read(path));

            Assert.True(outcome is null or DataFaultException, $"round {round}: {outcome}");
        }
    }

    private static byte[] Patch(byte[] content, int index, byte value)
    {
        content[index] = value;
        return content;
    }
}
