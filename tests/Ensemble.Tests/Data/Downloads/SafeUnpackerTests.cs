using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Ensemble.Data;
using Ensemble.Data.Catalog;
using Ensemble.Data.Downloads;

namespace Ensemble.Tests.Data.Downloads;

public sealed class SafeUnpackerTests : IDisposable
{
    private static readonly UnpackLimits Small = new() { TotalBytes = 1 << 20, FileBytes = 1 << 19, Entries = 50 };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> RefusedNames => new(
        "/etc/passwd", "../escaped", "a/../../escaped", "a/..", "..", "C:/escaped", "c:escaped", "a\\b", "..\\escaped",
        "new\nline", "bell\a", "escape\u001b[31m", "delete\u007f", new string('n', 256), new string('ü', 128),
        string.Join('/', Enumerable.Repeat("d", 33)), string.Join('/', Enumerable.Repeat(new string('n', 200), 6)));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.tar", ArchiveKind.Tar)]
    [InlineData("a.tar.gz", ArchiveKind.TarGz)]
    [InlineData("A.TGZ", ArchiveKind.TarGz)]
    [InlineData("a.zip", ArchiveKind.Zip)]
    [InlineData("a.gz", ArchiveKind.Gzip)]
    public void KindOf_KnownEnding_IsTold(string name, ArchiveKind kind) =>
        Assert.Equal(kind, SafeUnpacker.KindOf(name));

    [Theory]
    [InlineData("a.tar.xz")]
    [InlineData("a.7z")]
    [InlineData("a")]
    public void KindOf_OtherEnding_SaysWhatToDo(string name) =>
        Assert.Contains("tar xf", Assert.Throws<DataFaultException>(() => SafeUnpacker.KindOf(name)).Remedy, StringComparison.Ordinal);

    [Theory]
    [InlineData(ArchiveKind.Tar)]
    [InlineData(ArchiveKind.TarGz)]
    [InlineData(ArchiveKind.Zip)]
    public void Unpack_SoundArchive_GivesItsFilesAndNothingElse(ArchiveKind kind)
    {
        (string, string)[] files = [("./set/empty.txt", ""), ("set/a b/größe €.txt", "one"), ("set/a b/c/😀.txt", "two")];
        var archive = kind switch
        {
            ArchiveKind.Tar => Archives.Tar(files),
            ArchiveKind.TarGz => Archives.TarGz(files),
            _ => Archives.Zip(files),
        };

        var unpacked = SafeUnpacker.Unpack(Write(archive), kind, At("out"), Small, Cancellation);

        Assert.Equal(["set/empty.txt", "set/a b/größe €.txt", "set/a b/c/😀.txt"], unpacked.Select(file => file.Path));
        Assert.Equal([0, 3, 3], unpacked.Select(file => file.Bytes));
        Assert.Equal("one", File.ReadAllText(At("out", "set", "a b", "größe €.txt")));
        Assert.Equal(["archive", "out"], Entries());
    }

    [Fact]
    public void Unpack_Gzip_GivesOneFile()
    {
        var path = _folder.Write("labels.bin.gz", Archives.Gzip([1, 2, 3]));

        SafeUnpacker.Unpack(path, ArchiveKind.Gzip, At("out"), Small, Cancellation);

        Assert.Equal([1, 2, 3], File.ReadAllBytes(At("out", "labels.bin")));
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void Unpack_NameThatIsNotFit_IsRefused(string name)
    {
        // .NET's writers refuse some of these names themselves: a harmless one of the same length is overwritten.
        AssertRefused(Patched(name, isZip: false), ArchiveKind.Tar);
        AssertRefused(Patched(name, isZip: true), ArchiveKind.Zip);
    }

    [Fact]
    public void Unpack_NameOfNulBytes_IsRefusedOrEmptyOfHarm()
    {
        var zip = Archives.Zip(("aaa.txt", "one"));
        AssertRefused(Replace(zip, "aaa.txt", "a\0a.txt"), ArchiveKind.Zip);
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    [InlineData(TarEntryType.Fifo)]
    public void Unpack_LinkOrDevice_IsRefused(TarEntryType type)
    {
        var archive = Archives.Tar(writer =>
        {
            var entry = new PaxTarEntry(type, "link");
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                entry.LinkName = "ok.txt";
            }

            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "ok.txt"));
            writer.WriteEntry(entry);
        });

        Assert.Contains("link", AssertRefused(archive, ArchiveKind.Tar).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xA1FF)]
    [InlineData(0x61FF)]
    [InlineData(0x11FF)]
    public void Unpack_LinkOrDeviceInZip_IsRefused(int mode)
    {
        var archive = Archives.Zip(zip =>
        {
            var entry = zip.CreateEntry("link");
            entry.ExternalAttributes = mode << 16;
            using var content = entry.Open();
            content.Write("/etc/passwd"u8);
        });

        AssertRefused(archive, ArchiveKind.Zip);
    }

    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("a.txt", "A.TXT")]
    [InlineData("a.txt", "./a.txt")]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "a")]
    [InlineData("a/b", "A/c")]
    public void Unpack_OneNameTwice_IsRefused(string first, string second)
    {
        AssertRefused(Archives.Tar((first, "1"), (second, "2")), ArchiveKind.Tar);
        AssertRefused(Archives.Zip((first, "1"), (second, "2")), ArchiveKind.Zip);
    }

    [Fact]
    public void Unpack_MoreBytesThanAllowed_IsRefused()
    {
        var half = new string('0', 400_000);

        AssertRefused(Archives.TarGz(("a", half), ("b", half), ("c", half)), ArchiveKind.TarGz);
        AssertRefused(Archives.Zip(("a", half), ("b", half), ("c", half)), ArchiveKind.Zip);
        AssertRefused(Archives.TarGz(("a", half + half)), ArchiveKind.TarGz);
        AssertRefused(Archives.Gzip(new byte[600_000]), ArchiveKind.Gzip);
    }

    [Fact]
    public void Unpack_RatioOfABomb_IsRefusedWhateverTheLimit()
    {
        var limits = new UnpackLimits { RatioFreeBytes = 1000, Ratio = 50 };
        var zeros = Archives.Gzip(new byte[1 << 20]);

        AssertRefused(zeros, ArchiveKind.Gzip, limits);
        AssertRefused(Archives.Zip(("a", new string('0', 1 << 20))), ArchiveKind.Zip, limits);
    }

    [Fact]
    public void Unpack_ZerosWithoutEndAfterTheEnd_IsRefused()
    {
        byte[] archive = [.. Archives.Tar(("a", "1")), .. new byte[2 << 20]];

        AssertRefused(Archives.Gzip(archive), ArchiveKind.TarGz);
    }

    [Fact]
    public void Unpack_TooManyEntries_IsRefused()
    {
        var files = Enumerable.Range(0, 51).Select(index => ($"{index}", string.Empty)).ToArray();

        AssertRefused(Archives.Tar(files), ArchiveKind.Tar);
        AssertRefused(Archives.Zip(files), ArchiveKind.Zip);
    }

    [Fact]
    public void Unpack_ZipThatLiesAboutALength_IsRefused()
    {
        var zip = Archives.Zip(("a.txt", new string('x', 5000)));
        var directory = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(zip.AsSpan(directory + 24), 10u);

        AssertRefused(zip, ArchiveKind.Zip);
    }

    [Fact]
    public void Unpack_ZipWithAChangedByte_IsRefused()
    {
        var zip = Archives.Zip(archive =>
        {
            using var content = archive.CreateEntry("a.txt", CompressionLevel.NoCompression).Open();
            content.Write("unchanged"u8);
        });

        AssertRefused(Replace(zip, "unchanged", "uNchanged"), ArchiveKind.Zip);
    }

    [Fact]
    public void Unpack_AnyCut_IsRefused()
    {
        var tar = Archives.Tar(("a.txt", "one"), ("b.txt", "two"));
        var zip = Archives.Zip(("a.txt", "one"), ("b.txt", "two"));

        for (var length = 0; length < tar.Length - 1024; length += 256)
        {
            AssertRefused(tar[..length], ArchiveKind.Tar);
        }

        for (var length = 0; length < zip.Length; length += 7)
        {
            AssertRefused(zip[..length], ArchiveKind.Zip);
        }
    }

    [Theory]
    [InlineData(ArchiveKind.Tar)]
    [InlineData(ArchiveKind.TarGz)]
    [InlineData(ArchiveKind.Zip)]
    [InlineData(ArchiveKind.Gzip)]
    public void Unpack_MutatedArchives_AreReadOrRefused(ArchiveKind kind)
    {
        (string, string)[] files = [("a/b.txt", "one and two"), ("a/c.txt", new string('x', 3000))];
        var sound = kind switch
        {
            ArchiveKind.Tar => Archives.Tar(files),
            ArchiveKind.TarGz => Archives.TarGz(files),
            ArchiveKind.Zip => Archives.Zip(files),
            _ => Archives.Gzip(Encoding.UTF8.GetBytes(files[1].Item2)),
        };

        var random = new RandomStream(5, "tests/archives");
        for (var trial = 0; trial < 250; trial++)
        {
            var archive = Write(Mutation.Draw(random, sound));
            try
            {
                SafeUnpacker.Unpack(archive, kind, At("out"), Small, Cancellation);
                Directory.Delete(At("out"), recursive: true);
            }
            catch (DataFaultException fault)
            {
                Assert.DoesNotContain('\n', fault.Message);
            }

            Assert.Equal(["archive"], Entries());
        }
    }

    [Fact]
    public void Unpack_FolderIsThere_IsLeftAlone()
    {
        Directory.CreateDirectory(At("out"));

        Assert.Throws<MachineFaultException>(() =>
            SafeUnpacker.Unpack(Write(Archives.Tar(("a", "1"))), ArchiveKind.Tar, At("out"), Small, Cancellation));

        Assert.Empty(Directory.GetFileSystemEntries(At("out")));
    }

    [Fact]
    public void Unpack_Cancelled_LeavesNothing()
    {
        Assert.Throws<OperationCanceledException>(() => SafeUnpacker.Unpack(
            Write(Archives.Tar(("a", "1"))), ArchiveKind.Tar, At("out"), Small, new CancellationToken(canceled: true)));

        Assert.Equal(["archive"], Entries());
    }

    [Fact]
    public void Unpack_NoArchive_SaysSo() => Assert.Throws<DataFaultException>(() =>
        SafeUnpacker.Unpack(At("none"), ArchiveKind.Tar, At("out"), Small, Cancellation));

    [Fact]
    public void Validate_LimitsOutOfRange_NamesAll()
    {
        var fault = Assert.Throws<ArgumentException>(() =>
            new UnpackLimits { TotalBytes = 0, FileBytes = 0, Entries = 0, Ratio = 0, RatioFreeBytes = -1 }.Validate());

        Assert.All(
            ["TotalBytes", "FileBytes", "Entries", "Ratio", "RatioFreeBytes"],
            name => Assert.Contains(name, fault.Message, StringComparison.Ordinal));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DataFaultException AssertRefused(byte[] archive, ArchiveKind kind, UnpackLimits? limits = null)
    {
        var path = Write(archive);
        var fault = Assert.Throws<DataFaultException>(() =>
            SafeUnpacker.Unpack(path, kind, At("out"), limits ?? Small, Cancellation));
        Assert.Equal(path, fault.Path);
        Assert.DoesNotContain(fault.Message, char.IsControl);
        Assert.Equal(["archive"], Entries());
        return fault;
    }

    private static byte[] Patched(string name, bool isZip)
    {
        var length = Encoding.UTF8.GetByteCount(name);
        var harmless = string.Concat(Enumerable.Range(0, length).Select(index => index % 100 == 99 ? '/' : 'h'));
        var archive = isZip ? Archives.Zip((harmless, "one")) : Archives.Tar((harmless, "one"));
        return Replace(archive, harmless, name, fixTar: !isZip);
    }

    private static byte[] Replace(byte[] archive, string from, string to, bool fixTar = false)
    {
        var (old, replacement) = (Encoding.UTF8.GetBytes(from), Encoding.UTF8.GetBytes(to));
        var copy = archive.ToArray();
        // Tar holds the first hundred bytes of a name in the header, besides the whole of it in an attribute.
        for (var length = old.Length; length > 0; length = length > 100 && fixTar ? 100 : 0)
        {
            for (int at = 0, next; (next = copy.AsSpan(at).IndexOf(old.AsSpan(0, length))) >= 0; at += next + length)
            {
                replacement.AsSpan(0, length).CopyTo(copy.AsSpan(at + next));
            }
        }

        if (fixTar)
        {
            FixTarChecksums(copy);
        }

        return copy;
    }

    private static void FixTarChecksums(byte[] tar)
    {
        for (var block = 0; block + 512 <= tar.Length; block += 512)
        {
            var header = tar.AsSpan(block, 512);
            if (header.Slice(257, 5).SequenceEqual("ustar"u8))
            {
                header.Slice(148, 8).Fill((byte)' ');
                var sum = 0;
                foreach (var value in header)
                {
                    sum += value;
                }

                Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header.Slice(148, 8));
            }
        }
    }

    private string Write(byte[] archive) => _folder.Write("archive", archive);

    private string At(params string[] names) => Path.Combine([_folder.FullPath, .. names]);

    private IEnumerable<string> Entries() =>
        Directory.GetFileSystemEntries(_folder.FullPath).Select(path => Path.GetFileName(path)).Order();
}
