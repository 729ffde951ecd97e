using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Storage;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Models;

[Collection(TensorTests.Name)]
public sealed class StateTensorsTests
{
    [Fact]
    public void Import_WhatWasExported_GivesTheSameNetwork()
    {
        using var source = Create("resnet8x0.25", 1);
        using var target = Create("resnet8x0.25", 2);
        Ensemble.Acceleration.ChannelsLast.ConvertWeights(target);
        var exported = StateTensors.Export(source);
        var before = LiveTensors.Count();

        StateTensors.Import(target, Content(exported), "here");

        Assert.Equal(before, torch.Tensor.TotalCount);
        Assert.Equal(exported.Select(record => record.Data.ToArray()), StateTensors.Export(target).Select(record => record.Data.ToArray()));
    }

    [Fact]
    public void Export_ChannelsLastWeights_AreInTheUsualOrder()
    {
        using var network = Create("resnet8x0.25", 1);
        var before = StateTensors.Export(network).Select(record => record.Data.ToArray()).ToArray();

        Ensemble.Acceleration.ChannelsLast.ConvertWeights(network);

        Assert.Equal(before, StateTensors.Export(network).Select(record => record.Data.ToArray()));
    }

    [Fact]
    public void Import_OtherArchitecture_NamesMissingAndForeignAndCopiesNothing()
    {
        using var source = Create("resnet8x0.25", 1);
        using var target = Create("resnet14x0.25", 2);
        var before = StateTensors.Export(target).Select(record => record.Data.ToArray()).ToArray();

        var fault = Assert.Throws<DataFaultException>(
            () => StateTensors.Import(target, Content(StateTensors.Export(source)), "here"));

        Assert.Contains("layer1.1.conv1.weight", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, StateTensors.Export(target).Select(record => record.Data.ToArray()));
    }

    [Fact]
    public void Import_OtherWidth_NamesTheFirstShapeThatDiffers()
    {
        using var source = Create("resnet8x0.25", 1);
        using var target = Create("resnet8x0.5", 2);

        var fault = Assert.Throws<DataFaultException>(
            () => StateTensors.Import(target, Content(StateTensors.Export(source)), "here"));

        Assert.Contains("conv1.weight", fault.Message, StringComparison.Ordinal);
    }

    private static SafetensorsContent Content(IReadOnlyList<TensorRecord> tensors) =>
        new() { Tensors = tensors, Metadata = new Dictionary<string, string>() };

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(string name, ulong seed) =>
        ModelRegistry.CreateDefault().Create(name, new ImageShape(1, 8, 8), 3, seed);
}
