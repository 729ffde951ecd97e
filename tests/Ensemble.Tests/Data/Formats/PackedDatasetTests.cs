using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Ensemble.Data;
using Ensemble.Data.Formats;

namespace Ensemble.Tests.Data.Formats;

public sealed class PackedDatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_WhatWasWritten_IsTheSameInEverything(bool hasValidation)
    {
        var splits = Splits(hasValidation);
        var path = Path.Combine(_folder.FullPath, "below", "set.ensdata");

        PackedDataset.Write(path, splits);
        var read = PackedDataset.Read(path);

        Assert.Equal(splits.Name, read.Name);
        AssertSame(splits.Train, read.Train);
        AssertSame(splits.Test, read.Test);
        Assert.Equal(hasValidation, read.Validation is not null);
        if (hasValidation)
        {
            AssertSame(splits.Validation!, read.Validation!);
        }
    }

    [Fact]
    public void Write_WhatWasRead_GivesTheSameBytes()
    {
        var first = Path.Combine(_folder.FullPath, "first.ensdata");
        var second = Path.Combine(_folder.FullPath, "second.ensdata");

        PackedDataset.Write(first, Splits(hasValidation: true));
        PackedDataset.Write(second, PackedDataset.Read(first));

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void Write_Layout_IsAsDocumented()
    {
        var content = Packed();
        var headerBytes = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(12));
        var pixels = 64 + ((headerBytes + 63) / 64 * 64);

        Assert.Equal("ENSDATA\u001A", Encoding.ASCII.GetString(content, 0, 8));
        Assert.Equal(1, BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(8)));
        Assert.Equal(SHA256.HashData(content.AsSpan(64, headerBytes)), content[16..48]);
        Assert.Equal(Splits(hasValidation: true).Train.Pixels.ToArray(), content[pixels..(pixels + (5 * 12))]);
        Assert.Equal(1, BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(pixels + 64 + 4)));
        Assert.Equal(0, content.Length % 64);
    }

    public static TheoryData<string, Func<byte[], byte[]>, string> Damage => new()
    {
        { "cut to nothing", content => [], "an empty file" },
        { "cut in its prelude", content => content[..30], "30 bytes" },
        { "cut in its header", content => content[..70], "bytes" },
        { "cut by a byte", content => content[..^1], "bytes" },
        { "followed by a byte", content => [.. content, 0], "bytes" },
        { "other content", content => new byte[200], "other content" },
        { "a later version", content => Change(content, 8), "version 0" },
        { "a huge header", content => Change(content, 15, 0x7F), "bytes" },
        { "a changed checksum", content => Change(content, 20), "another one" },
        { "a changed prelude", content => Change(content, 60), "another one" },
        { "a changed header", content => Change(content, 70), "another one" },
        { "a changed pixel", content => Change(content, Pixels(content) + 5), "" },
        { "a changed label", content => Change(content, Pixels(content) + 64), "" },
        { "a label out of range", content => Change(content, Pixels(content) + 64, 7), "7 at index 0" },
        { "something between", content => Change(content, Pixels(content) + 62), "other bytes" },
        { "something at the end", content => Change(content, content.Length - 1), "other bytes" },
    };

    [Theory]
    [MemberData(nameof(Damage))]
    public void Read_DamagedFile_NamesFileAndFinding(string name, Func<byte[], byte[]> damage, string found)
    {
        var path = _folder.Write("damaged.ensdata", damage(Packed()));

        var exception = Assert.Throws<DataFaultException>(() => PackedDataset.Read(path));

        Assert.Equal(path, exception.Path);
        Assert.True(exception.Found.Contains(found, StringComparison.Ordinal), $"{name}: {exception.Message}");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[[[[")]
    [InlineData("""{"name":"a","channels":0,"height":2,"width":2,"classNames":["a"],"train":T,"test":T}""")]
    [InlineData("""{"name":"a","channels":2147483647,"height":2147483647,"width":2147483647,"classNames":["a"],"train":T,"test":T}""")]
    [InlineData("""{"name":"a","channels":1,"height":2,"width":2,"classNames":[],"train":T,"test":T}""")]
    [InlineData("""{"name":"a","channels":1,"height":2,"width":2,"classNames":[null],"train":T,"test":T}""")]
    [InlineData("""{"name":"","channels":1,"height":2,"width":2,"classNames":["a"],"train":T,"test":T}""")]
    [InlineData("""{"name":"a","channels":1,"height":2,"width":2,"classNames":["a"],"train":null,"test":T}""")]
    [InlineData("""{"name":"a","channels":1,"height":20000,"width":20000,"classNames":["a"],"train":T,"test":T}""")]
    [InlineData("""{"name":"a","channels":1,"height":2,"width":2,"classNames":["a"],"train":{"count":-1,"source":"s","checksum":""},"test":T}""")]
    public void Read_HeaderOfAnotherMind_IsAFault(string header)
    {
        var json = Encoding.UTF8.GetBytes(
            header.Replace("T", """{"count":1000,"source":"s","checksum":"00"}""", StringComparison.Ordinal));
        byte[] prelude = [.. Packed()[..12], .. BitConverter.GetBytes(json.Length), .. SHA256.HashData(json), .. new byte[16]];
        var path = _folder.Write("other.ensdata", [.. prelude, .. json, .. new byte[64 - (json.Length % 64)]]);

        Assert.Throws<DataFaultException>(() => PackedDataset.Read(path));
    }

    [Fact]
    public void Read_MutatedFiles_ReadsTheSameOrIsADataFault()
    {
        var original = Packed();
        var checksum = Splits(hasValidation: true).Train.Checksum;
        for (var round = 0; round < 1000; round++)
        {
            var random = new RandomStream(1, "test/packed-mutations", sample: (ulong)round);
            var path = _folder.Write("mutant.ensdata", Mutation.Draw(random, original));

            var outcome = Record.Exception(() => Assert.Equal(checksum, PackedDataset.Read(path).Train.Checksum));

            Assert.True(outcome is null or DataFaultException, $"round {round}: {outcome}");
        }
    }

    /// <summary>60,000 images of 3x32x32 in under 2 s, the requirement; the best of three, for the machine has other work.</summary>
    [Fact]
    [Trait("Category", "Timing")]
    public void Read_SixtyThousandImages_TakesUnderTwoSeconds()
    {
        var path = Path.Combine(_folder.FullPath, "large.ensdata");
        var writing = Stopwatch.StartNew();
        PackedDataset.Write(path, new DatasetSplits("large", Large(50_000), Large(10_000)));
        var writeSeconds = writing.Elapsed.TotalSeconds;

        var (count, readSeconds) = (0, double.MaxValue);
        for (var round = 0; round < 3; round++)
        {
            var reading = Stopwatch.StartNew();
            count = PackedDataset.Read(path).Train.Count;
            readSeconds = Math.Min(readSeconds, reading.Elapsed.TotalSeconds);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"written in {writeSeconds:F3} s, read in {readSeconds:F3} s");
        Assert.Equal(50_000, count);
        Assert.InRange(readSeconds, 0, 2);
    }

    private static ImageDataset Large(int count)
    {
        var shape = new ImageShape(3, 32, 32);
        var pixels = new byte[count * shape.ValueCount];
        for (var index = 0; index < pixels.Length; index++)
        {
            pixels[index] = (byte)(index * 31);
        }

        return new ImageDataset(shape, pixels, new int[count], ["only"], "test");
    }

    private static DatasetSplits Splits(bool hasValidation) => new(
        "set é \"quoted\"",
        TestImages.Counting(5, channels: 3),
        TestImages.Counting(2, channels: 3),
        hasValidation ? TestImages.Counting(3, channels: 3) : null);

    private byte[] Packed()
    {
        var path = Path.Combine(_folder.FullPath, "sound.ensdata");
        PackedDataset.Write(path, Splits(hasValidation: true));
        return File.ReadAllBytes(path);
    }

    private static int Pixels(byte[] content) =>
        64 + ((BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(12)) + 63) / 64 * 64);

    private static byte[] Change(byte[] content, int index, byte? value = null)
    {
        content[index] = value ?? (byte)(content[index] ^ 1);
        return content;
    }

    private static void AssertSame(ImageDataset expected, ImageDataset actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.ClassNames, actual.ClassNames);
        Assert.Equal(expected.Source, actual.Source);
        Assert.Equal(expected.Checksum, actual.Checksum);
        Assert.Equal(expected.Pixels.ToArray(), actual.Pixels.ToArray());
        Assert.Equal(expected.Labels.ToArray(), actual.Labels.ToArray());
    }
}
