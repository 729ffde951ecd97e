namespace TorchSharp.Tests.optim;

/// <summary>Counts tensors of the whole process, so it runs while nothing else does.</summary>
[Collection(nameof(OptimizerTensorCountTests))]
[CollectionDefinition(nameof(OptimizerTensorCountTests), DisableParallelization = true)]
public sealed class OptimizerTensorCountTests
{
    private const int Repeats = 100;

    public static TheoryData<string> Kinds => ["SGD", "Adam", "AdamW"];

    // Finalisers of other tests' tensors may lower the count meanwhile, so only a rise is a leak.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Step_Repeated_LeavesNoTensorAlive(string kind)
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = Make(kind, parameters);
        PyTorchValues.SetGradients(parameters, 0);
        optimizer.step();
        var before = LiveTensors.Count();
        for (var k = 0; k < Repeats; k++) optimizer.step();
        Assert.True(torch.Tensor.TotalCount - before <= 0, $"{torch.Tensor.TotalCount - before} tensors more after {Repeats} steps");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Dispose_AfterAStep_FreesTheState(string kind)
    {
        var parameters = PyTorchValues.Parameters();
        PyTorchValues.SetGradients(parameters, 0);
        var before = LiveTensors.Count();
        for (var k = 0; k < Repeats; k++)
        {
            using var optimizer = Make(kind, parameters);
            optimizer.step();
            optimizer.load_state_dict(optimizer.state_dict());
        }

        Assert.True(torch.Tensor.TotalCount - before <= 0, $"{torch.Tensor.TotalCount - before} tensors more after {Repeats} optimisers");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Step_InADisposeScope_KeepsItsStateBeyondTheScope(string kind)
    {
        var parameters = PyTorchValues.Parameters();
        Modules.OptimizerHelper optimizer;
        using (torch.NewDisposeScope())
        {
            optimizer = Make(kind, parameters);
            PyTorchValues.SetGradients(parameters, 0);
            optimizer.step();
        }

        using (optimizer) optimizer.step();
    }

    private static Modules.OptimizerHelper Make(string kind, IEnumerable<Modules.Parameter> parameters) => kind switch
    {
        "SGD" => torch.optim.SGD(parameters, 0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true, maximize: true),
        "Adam" => torch.optim.Adam(parameters, weight_decay: 0.01, amsgrad: true, maximize: true),
        _ => torch.optim.AdamW(parameters, weight_decay: 0.01, amsgrad: true),
    };
}
