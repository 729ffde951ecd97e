using Ensemble.Export;
using Ensemble.Export.Onnx;
using Ensemble.Graphs;
using Ensemble.Tests.Data;

namespace Ensemble.Tests.Export;

public sealed class OnnxFileTests
{
    [Theory]
    [InlineData(ExportPrecision.Fp32)]
    [InlineData(ExportPrecision.Fp16)]
    [InlineData(ExportPrecision.Int8)]
    public void Read_WhatWasWritten_IsTheSame(ExportPrecision precision)
    {
        using var bench = new ExportBench("shufflev1 at 3x32x32", 4);
        var path = bench.Write(new ExportOptions { Precision = precision, CalibrationImages = 4 });

        var (graph, metadata) = OnnxFile.Read(path);
        var again = bench.At("again.onnx");
        OnnxFile.Write(again, graph, metadata);

        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
        Assert.Equal(["class 0", "class 9"], OnnxMetadata.ReadClasses(metadata, path, 10).Where((_, index) => index is 0 or 9));
        Assert.Equal(new string('a', 64), metadata["ensemble.teachers"].Trim('[', ']', '"'));
        Assert.Equal([3L, 32, 32], graph.Input.Shape);
    }

    [Fact]
    public void Read_ForeignOrDamagedFiles_IsADataFault()
    {
        using var folder = new TemporaryFolder();
        foreach (var content in new byte[][] { [], [1, 2, 3], new byte[500], OnnxFile.Seal([]), OnnxFile.Seal([0xFF, 0xFF, 0xFF]) })
        {
            var path = folder.Write("model.onnx", content);
            Assert.Equal(path, Assert.Throws<DataFaultException>(() => OnnxFile.Read(path)).Path);
        }

        Assert.Throws<DataFaultException>(() => OnnxFile.Read(Path.Combine(folder.FullPath, "none.onnx")));
    }

    [Fact]
    public void Rules_NodeOfAValueThatNothingMade_IsNamed()
    {
        var graph = new NetworkGraph
        {
            Input = new GraphPort("input", Ensemble.Storage.SafetensorsDtype.F32, [1, 2, 2]),
            Output = new GraphPort("out", Ensemble.Storage.SafetensorsDtype.F32, [4]),
            Nodes = [new GraphNode("Flatten", ["elsewhere"], ["out"])],
            Constants = new Dictionary<string, Ensemble.Storage.TensorRecord>(),
        };

        Assert.Contains("nothing made", Assert.Throws<InvalidDataException>(() => GraphRules.Require(graph)).Message, StringComparison.Ordinal);
        GraphRules.Require(graph with { Nodes = [new GraphNode("Flatten", ["input"], ["out"])] });
        Assert.Contains("Loop", Assert.Throws<InvalidDataException>(() => GraphRules.Require(graph with { Nodes = [new GraphNode("Loop", ["input"], ["out"])] })).Message, StringComparison.Ordinal);
    }
}
