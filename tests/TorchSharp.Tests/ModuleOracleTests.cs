using TorchSharp.Tests.Cases;
using TorchSharp.Tests.Oracle;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Every module against PyTorch's: names of the state, output, gradients of inputs and parameters, buffers after.</summary>
public sealed class ModuleOracleTests
{
    public static TheoryData<string> Ids() =>
        new(FixtureFile.Instance.Cases.Where(fixture => fixture.State is not null).Select(fixture => fixture.Id).Union(ModuleTable.All.Keys));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Forward_FixturesState_GivesPyTorchsOutputsGradientsAndBuffers(string id)
    {
        Assert.True(FixtureFile.ById.TryGetValue(id, out var fixture), "no fixture has this id: add the case to fixtures/cases_networks.py and run make_fixtures.py");
        Assert.True(ModuleTable.All.TryGetValue(id, out var build), "no module has this id: add it to Cases/ModuleTable.cs");
        Assert.SkipWhen(fixture.Seed is not null && !FixtureFile.SameRelease, $"random numbers of libtorch {FixtureFile.Instance.Torch}, this is {__version__}");
        using var scope = NewDisposeScope();
        using var module = build();
        module.train(fixture.Training);
        Assert.Equal(fixture.State!.Keys, module.state_dict().Keys);
        Assert.Equal(fixture.Parameters, module.named_parameters().Select(found => found.name));
        module.load_state_dict(fixture.State.ToDictionary(entry => entry.Key, entry => entry.Value.ToTensor()));
        var inputs = fixture.Inputs.Zip(fixture.RequiresGrad, (input, requiresGrad) => input.ToTensor(requiresGrad)).ToArray();
        if (fixture.Seed is { } seed) manual_seed(seed);

        List<object> outputs = [];
        for (var k = 0; k < fixture.Calls; k++) outputs = [Call(module, inputs)];

        OracleChecks.AssertOutputs(fixture, outputs);
        OracleChecks.AssertGradients(fixture, outputs, [.. inputs.Where(input => input.requires_grad), .. module.parameters()]);
        var buffers = module.named_buffers().ToDictionary(found => found.name, found => found.buffer);
        Assert.Equal(fixture.BuffersAfter.Keys, buffers.Keys);
        foreach (var (name, expected) in fixture.BuffersAfter) expected.AssertEqual(buffers[name], name);
    }

    private static Tensor Call(nn.Module module, Tensor[] inputs) => module switch
    {
        nn.Module<Tensor, Tensor> layer => layer.call(inputs[0]),
        nn.Module<Tensor, Tensor, Tensor> loss => loss.call(inputs[0], inputs[1]),
        _ => throw new NotSupportedException($"{module.GetName()} takes neither one tensor nor two"),
    };
}
