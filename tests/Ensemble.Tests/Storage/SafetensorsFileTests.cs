using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ensemble.Storage;

namespace Ensemble.Tests.Storage;

public sealed class SafetensorsFileTests : IDisposable
{
    private const string Vector = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_FileWrittenByPython_GivesEveryTypeBitForBit()
    {
        var content = SafetensorsFile.Read(Fixtures.PathOf("tiny.safetensors"));

        var names = new[] { "vide é", "flag", "u8", "i8", "i16", "bf16", "f16", "i32", "f32", "i64", "f64" };
        Assert.Equal(names, content.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(["pt", "python"], new[] { content.Metadata["format"], content.Metadata["made by"] });
        AssertTensor(content, "f64", SafetensorsDtype.F64, [2], "000000000000F83F00000000000000C0");
        AssertTensor(content, "i64", SafetensorsDtype.I64, [], "FFFFFFFFFFFFDFFF");
        AssertTensor(content, "f32", SafetensorsDtype.F32, [2, 2], "000000000000803F000080BF0000003F");
        AssertTensor(content, "i32", SafetensorsDtype.I32, [1], "F9FFFFFF");
        AssertTensor(content, "f16", SafetensorsDtype.F16, [3], "003CFF7B00B4");
        AssertTensor(content, "bf16", SafetensorsDtype.BF16, [1], "803F");
        AssertTensor(content, "i16", SafetensorsDtype.I16, [2], "FEFF2C01");
        AssertTensor(content, "i8", SafetensorsDtype.I8, [1], "FF");
        AssertTensor(content, "u8", SafetensorsDtype.U8, [1, 3], "0080FF");
        AssertTensor(content, "flag", SafetensorsDtype.BOOL, [2], "0100");
        AssertTensor(content, "vide é", SafetensorsDtype.F32, [0, 4], string.Empty);
    }

    [Fact]
    public void Write_WhatWasRead_ReadsBackTheSameInTheSameOrder()
    {
        var original = SafetensorsFile.Read(Fixtures.PathOf("tiny.safetensors"));
        var path = _folder.At("copy.safetensors");

        SafetensorsFile.Write(path, original.Tensors, original.Metadata);

        var copy = SafetensorsFile.Read(path);
        Assert.Equal(original.Metadata, copy.Metadata);
        Assert.Equal(original.Tensors.Select(Describe), copy.Tensors.Select(Describe));
    }

    [Fact]
    public void Write_TwoTensors_GivesTheBytesOfTheFormat()
    {
        var path = _folder.At("two.safetensors");

        SafetensorsFile.Write(
            path,
            [new("b", SafetensorsDtype.U8, [3], new byte[] { 1, 2, 3 }), new("a", SafetensorsDtype.I16, [], new byte[] { 4, 5 })]);

        // The header keeps the order given; the wider element lies first, so that it is aligned.
        const string header = """{"b":{"dtype":"U8","shape":[3],"data_offsets":[2,5]},"a":{"dtype":"I16","shape":[],"data_offsets":[0,2]}}""";
        var padded = header.PadRight((header.Length + 7) / 8 * 8);
        Assert.Equal(FileBytes(padded, [4, 5, 1, 2, 3]), File.ReadAllBytes(path));
    }

    [Fact]
    public void Write_SameTensorsTwice_GivesTheSameBytesWhateverTheOrderOfMetadata()
    {
        var tensors = SafetensorsFile.Read(Fixtures.PathOf("tiny.safetensors")).Tensors;
        SafetensorsFile.Write(_folder.At("1"), tensors, new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" });
        SafetensorsFile.Write(_folder.At("2"), tensors, new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });

        Assert.Equal(File.ReadAllBytes(_folder.At("1")), File.ReadAllBytes(_folder.At("2")));
        Assert.Equal(FileChecksum.Sha256(_folder.At("1")), FileChecksum.Sha256(_folder.At("2")));
    }

    [Fact]
    public void Write_NoTensors_ReadsBackEmpty()
    {
        SafetensorsFile.Write(_folder.At("none"), []);

        var content = SafetensorsFile.Read(_folder.At("none"));

        Assert.Empty(content.Tensors);
        Assert.Empty(content.Metadata);
    }

    [Fact]
    public void Write_TwoTensorsOfOneName_IsTheCallersMistakeAndWritesNothing()
    {
        var tensor = new TensorRecord("a", SafetensorsDtype.U8, [1], new byte[1]);

        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(_folder.At("x"), [tensor, tensor]));

        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath));
    }

    [Theory]
    [InlineData(Vector, 8, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,9],"data_offsets":[0,0]},"b":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}""", 1, null)]
    [InlineData(Vector, 7, "8 bytes of data")]
    [InlineData(Vector, 9, "8 bytes of data")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "12 bytes for tensor a")]
    [InlineData("""{"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}""", 8, "F33")]
    [InlineData("""{"a":{"dtype":"f32","shape":[2],"data_offsets":[0,8]}}""", 8, "f32")]
    [InlineData("""{"a":{"dtype":1,"shape":[2],"data_offsets":[0,8]}}""", 8, "dtype")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "dtype")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", 8, "two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "-2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", 8, "2.0")]
    [InlineData("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8, "String")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "[8, 0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "begin at byte 0")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", 6, "begin at byte 4")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[1],"data_offsets":[5,6]}}""", 6, "begin at byte 4")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "can be counted")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2305843009213693952,8,0],"data_offsets":[0,0]}}""", 0, "can be counted")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", 8, "bytes of data")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "unique names")]
    [InlineData("""{"":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "empty name")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "JSON header")]
    [InlineData("""{"a":7}""", 0, "an object for tensor a")]
    [InlineData("""{"__metadata__":{"epoch":3}}""", 0, "a string as __metadata__ epoch")]
    [InlineData("""{"__metadata__":[]}""", 0, "__metadata__ as an object")]
    [InlineData("[]", 0, "JSON object")]
    [InlineData("{", 0, "JSON header")]
    [InlineData("", 0, "JSON header")]
    [InlineData("{}", 1, "0 bytes of data")]
    public void Read_HeaderAgainstData_TellsWhatIsWrong(string header, int dataLength, string? fault)
    {
        var path = _folder.At("made.safetensors");
        File.WriteAllBytes(path, FileBytes(header, new byte[dataLength]));

        if (fault is null)
        {
            SafetensorsFile.Read(path);
            return;
        }

        var thrown = Assert.Throws<DataFaultException>(() => SafetensorsFile.Read(path));
        Assert.Equal(path, thrown.Path);
        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0100")]
    [InlineData("0000000000000000")]
    [InlineData("0100000000000000")]
    [InlineData("FFFFFFFFFFFFFFFF7B7D")]
    [InlineData("FFFFFFFFFFFFFF7F7B7D")]
    [InlineData("0300000000000000" + "7B7D")]
    public void Read_HeaderLengthPastTheFile_IsADataFault(string hexadecimal)
    {
        var path = _folder.At("short.safetensors");
        File.WriteAllBytes(path, Convert.FromHexString(hexadecimal));

        Assert.Throws<DataFaultException>(() => SafetensorsFile.Read(path));
    }

    [Fact]
    public void Read_MissingFileOrFolder_IsADataFault()
    {
        Assert.Contains(
            "no such file",
            Assert.Throws<DataFaultException>(() => SafetensorsFile.Read(_folder.At("none"))).Message,
            StringComparison.Ordinal);
        Assert.Throws<DataFaultException>(() => SafetensorsFile.Read(_folder.FullPath));
    }

    [Fact]
    public void Read_ThousandDamagedFiles_IsADataFaultOrConsistentAndAllocatesLittle()
    {
        var valid = File.ReadAllBytes(Fixtures.PathOf("tiny.safetensors"));
        var path = _folder.At("damaged.safetensors");
        var faults = 0;
        for (var seed = 0UL; seed < 1000; seed++)
        {
            var bytes = Mutation.Apply(valid, seed);
            File.WriteAllBytes(path, bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                AssertConsistent(SafetensorsFile.Read(path), bytes.Length);
            }
            catch (DataFaultException)
            {
                faults++;
            }

            Assert.True(
                GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20,
                $"seed {seed} made the reader allocate much");
        }

        Assert.InRange(faults, 500, 999);
    }

    private static void AssertConsistent(SafetensorsContent content, int fileLength)
    {
        var elementBytes = content.Tensors.Select(tensor =>
            tensor.Shape.Aggregate((Int128)tensor.Dtype.ByteSize(), (product, size) => product * size));
        Assert.Equal(elementBytes, content.Tensors.Select(tensor => (Int128)tensor.Data.Length));
        Assert.True(content.Tensors.Sum(tensor => (long)tensor.Data.Length) <= fileLength - sizeof(ulong));
        Assert.Equal(content.Tensors.Count, content.Tensors.Select(tensor => tensor.Name).Distinct().Count());
    }

    private static void AssertTensor(SafetensorsContent content, string name, SafetensorsDtype dtype, long[] shape, string hexadecimal)
    {
        var tensor = Assert.Single(content.Tensors, tensor => tensor.Name == name);
        Assert.Equal(dtype, tensor.Dtype);
        Assert.Equal(shape, tensor.Shape);
        Assert.Equal(hexadecimal, Convert.ToHexString(tensor.Data.Span));
    }

    private static string Describe(TensorRecord tensor) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{tensor.Name} {tensor.Dtype} {JsonSerializer.Serialize(tensor.Shape)} {Convert.ToHexString(tensor.Data.Span)}");

    private static byte[] FileBytes(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        return [.. length, .. json, .. data];
    }
}
