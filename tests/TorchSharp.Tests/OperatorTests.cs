using TorchSharp.Tests.Cases;
using TorchSharp.Tests.Oracle;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Every operator against PyTorch: forward, gradient, dtype, tape, and what is a view of what.</summary>
public sealed class OperatorTests
{
    public static TheoryData<string> Ids() =>
        new(FixtureFile.Instance.Cases.Where(fixture => fixture.State is null).Select(fixture => fixture.Id).Union(OperatorTable.All.Keys));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Call_FixturesInputs_GivesPyTorchsOutputsAndGradients(string id)
    {
        Assert.True(FixtureFile.ById.TryGetValue(id, out var fixture), "no fixture has this id: add the case to fixtures/cases_*.py and run make_fixtures.py");
        Assert.True(OperatorTable.All.TryGetValue(id, out var call), "no call has this id: add it to Cases/*.cs");
        Assert.SkipWhen(fixture.Seed is not null && !FixtureFile.SameRelease, $"random numbers of libtorch {FixtureFile.Instance.Torch}, this is {__version__}");
        using var scope = NewDisposeScope();
        var inputs = fixture.Inputs.Zip(fixture.RequiresGrad, (input, requiresGrad) => input.ToTensor(requiresGrad)).ToArray();
        var arguments = inputs.ToArray();
        if (fixture.InPlace) arguments[0] = inputs[0].clone();
        if (fixture.Seed is { } seed) manual_seed(seed);

        var outputs = OracleChecks.Flatten(call(arguments));
        if (fixture.InPlace) outputs.Add(arguments[0]);

        OracleChecks.AssertOutputs(fixture, outputs);
        OracleChecks.AssertGradients(fixture, outputs, inputs.Where(input => input.requires_grad).ToList());
        if (inputs.Length > 0) OracleChecks.AssertSharing(fixture, outputs, inputs[0]);
    }
}
