using System.Buffers.Binary;
using Ensemble.Data.Formats;

namespace Ensemble.Tests.Data.Formats;

public sealed class Mat5FileTests : IDisposable
{
    private static readonly byte[] s_label = MatFiles.Bytes("y", [1, 1], [7]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_VariablesAskedFor_AreThereAndOthersSteppedOver(bool isCompressed)
    {
        byte[][] elements =
        [
            MatFiles.Variable("note", arrayClass: 4, [1, 3], 4, [65, 0, 66, 0, 67, 0]),
            MatFiles.Bytes("a", [2, 3], [1, 2, 3, 4, 5, 6]),
            MatFiles.Doubles("weights", [1, 2], 0.5, 3),
            MatFiles.Doubles("labels", [4, 1], 10, 0, 255, 3),
        ];

        var arrays = Read(["a", "labels"], [.. elements.Select(element => isCompressed ? MatFiles.Compress(element) : element)]);

        Assert.Equal(["a", "labels"], arrays.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("a [2, 3]", $"{arrays["a"]}");
        Assert.Equal([1, 2, 3, 4, 5, 6], arrays["a"].Values);
        Assert.Equal([10, 0, 255, 3], arrays["labels"].Values);
    }

    [Theory]
    [InlineData(1, new byte[] { 3, 127 })]
    [InlineData(3, new byte[] { 3, 0, 127, 0 })]
    [InlineData(4, new byte[] { 3, 0, 127, 0 })]
    [InlineData(5, new byte[] { 3, 0, 0, 0, 127, 0, 0, 0 })]
    [InlineData(6, new byte[] { 3, 0, 0, 0, 127, 0, 0, 0 })]
    [InlineData(7, new byte[] { 0, 0, 64, 64, 0, 0, 254, 66 })]
    [InlineData(12, new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(13, new byte[] { 3, 0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 0, 0, 0, 0, 0 })]
    public void Read_EveryTypeOfNumber_GivesTheValues(int type, byte[] content) =>
        Assert.Equal([3, 127], Read(["n"], MatFiles.Variable("n", 6, [1, 2], type, content))["n"].Values);

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Read_NumberThatIsNoByte_NamesItAndItsPlace(double number) =>
        Assert.Contains($"{number} at index 1", Fault(MatFiles.Doubles("y", [2, 1], 1, number)), StringComparison.Ordinal);

    [Fact]
    public void Read_FaultyFiles_SayWhatIsWrong()
    {
        Assert.Contains("no y", Fault(MatFiles.Bytes("X", [1, 1], [1])), StringComparison.Ordinal);
        Assert.Contains("two of that name", Fault(s_label, s_label), StringComparison.Ordinal);
        Assert.Contains("an array of real numbers", Fault(MatFiles.Variable("y", arrayClass: 1, [1, 1], 2, [1])), StringComparison.Ordinal);
        Assert.Contains("6 numbers of y", Fault(MatFiles.Bytes("y", [2, 3], [1, 2, 3, 4, 5])), StringComparison.Ordinal);
        Assert.Contains("[70000, 70000]", Fault(MatFiles.Bytes("y", [70_000, 70_000], [1])), StringComparison.Ordinal);
        Assert.Contains("[-1, 1]", Fault(MatFiles.Bytes("y", [-1, 1], [1])), StringComparison.Ordinal);
        Assert.Contains("type 77", Fault([77, 0, 0, 0, 8, 0, 0, 0, .. new byte[8]]), StringComparison.Ordinal);
        Assert.Contains("more bytes", Fault(MatFiles.Compress([.. s_label, 0])), StringComparison.Ordinal);
        Assert.Contains("another header", Assert.Throws<DataFaultException>(() => Mat5File.Read(_folder.Write("v73.mat", new byte[600]), ["y"])).Message, StringComparison.Ordinal);
        Assert.Contains("100 bytes", Assert.Throws<DataFaultException>(() => Mat5File.Read(_folder.Write("cut.mat", MatFiles.File()[..100]), ["y"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CompressedVariableThatClaimsGigabytes_IsRefusedBeforeMemoryIsTaken()
    {
        var sizes = new[] { 40_000, 40_000 };
        var variable = MatFiles.Bytes("y", sizes, new byte[4000]);
        // The matrix and its numbers claim what the dimensions say.
        BinaryPrimitives.WriteInt32LittleEndian(variable.AsSpan(4), 1_600_000_048);
        BinaryPrimitives.WriteInt32LittleEndian(variable.AsSpan(variable.Length - 4004), 1_600_000_000);
        var path = _folder.Write("bomb.mat", MatFiles.File(MatFiles.Compress(variable)));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<DataFaultException>(() => Mat5File.Read(path, ["y"]));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    private IReadOnlyDictionary<string, Mat5Array> Read(string[] names, params byte[][] elements) =>
        Mat5File.Read(_folder.Write("file.mat", MatFiles.File(elements)), names);

    private string Fault(params byte[][] elements) => Assert.Throws<DataFaultException>(() => Read(["y"], elements)).Message;
}
