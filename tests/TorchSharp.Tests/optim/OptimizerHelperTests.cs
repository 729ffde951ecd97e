using TorchSharp.Modules;

namespace TorchSharp.Tests.optim;

public sealed class OptimizerHelperTests
{
    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, OptimizerHelper>> s_makers = new()
    {
        ["SGD"] = parameters => torch.optim.SGD(parameters, 0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true),
        ["Adam"] = parameters => torch.optim.Adam(parameters, 0.1, weight_decay: 0.01),
        ["Adam, amsgrad"] = parameters => torch.optim.Adam(parameters, 0.1, beta2: 0.5, amsgrad: true),
        ["AdamW"] = parameters => torch.optim.AdamW(parameters, 0.1, weight_decay: 0.01, amsgrad: true),
    };

    public static TheoryData<string> Makers => [.. s_makers.Keys];

    [Theory]
    [MemberData(nameof(Makers))]
    public void LoadStateDict_FromBytes_ContinuesToTheSameBits(string name) => AssertContinues(name, (saved, fresh) =>
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        saved.save_state_dict(writer);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        fresh.load_state_dict(reader);
        Assert.Equal(bytes.Length, bytes.Position);
    });

    [Theory]
    [MemberData(nameof(Makers))]
    public void LoadStateDict_FromDictionary_ContinuesToTheSameBits(string name) =>
        AssertContinues(name, (saved, fresh) => fresh.load_state_dict(saved.state_dict()));

    [Fact]
    public void LoadStateDict_OfItself_TakesOverTensorsThatWerePutIn()
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = torch.optim.SGD(parameters, 0.1, momentum: 0.9);
        var state = (SGD.State)optimizer.state_dict().State[0];
        using (torch.NewDisposeScope())
        {
            state.momentum_buffer = torch.ones([3, 2]);
            optimizer.load_state_dict(optimizer.state_dict());
        }

        Assert.Equal(Enumerable.Repeat(1f, 6), PyTorchValues.Values(state.momentum_buffer));
    }

    [Fact]
    public void StateDict_TwoGroups_IndexesTheStatesOfEach()
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = torch.optim.Adam([new Adam.ParamGroup { Parameters = [parameters[0]] }, new Adam.ParamGroup { Parameters = [parameters[1]] }]);
        var dictionary = optimizer.state_dict();
        Assert.Equal([[0], [1]], dictionary.StateIndexRef);
        Assert.Equal(parameters[1].shape, ((Adam.State)dictionary.State[1]).exp_avg.shape);
        Assert.Equal(2, dictionary.Options.Count);
        Assert.Equal(parameters, optimizer.parameters());
    }

    [Fact]
    public void LoadStateDict_OtherGroups_Throws()
    {
        using var two = torch.optim.Adam(PyTorchValues.Parameters());
        using var one = torch.optim.Adam(PyTorchValues.Parameters()[..1]);
        Assert.Throws<ArgumentException>(() => one.load_state_dict(two.state_dict()));
        Assert.Throws<InvalidDataException>(() => Reload(two, one));
    }

    [Fact]
    public void LoadStateDict_OtherShapes_Throws()
    {
        var parameters = PyTorchValues.Parameters();
        using var first = torch.optim.Adam([parameters[0]]);
        using var second = torch.optim.Adam([parameters[1]]);
        Assert.Throws<ArgumentException>(() => second.load_state_dict(first.state_dict()));
        Assert.Throws<InvalidDataException>(() => Reload(first, second));
    }

    [Fact]
    public void LoadStateDict_OtherOptimizer_Throws()
    {
        using var adam = torch.optim.Adam(PyTorchValues.Parameters());
        using var adamW = torch.optim.AdamW(PyTorchValues.Parameters());
        Assert.Throws<ArgumentException>(() => adamW.load_state_dict(adam.state_dict()));
        Assert.Throws<InvalidDataException>(() => Reload(adam, adamW));
    }

    [Fact]
    public void Constructor_NoParameters_Throws()
    {
        Assert.Throws<ArgumentException>(() => torch.optim.SGD(Array.Empty<Parameter>(), 0.1));
        Assert.Throws<ArgumentException>(() => torch.optim.Adam(Array.Empty<Parameter>()));
        Assert.Throws<ArgumentException>(() => torch.optim.AdamW(Array.Empty<AdamW.ParamGroup>()));
    }

    [Fact]
    public void AddParamGroup_ParameterOfAnotherGroup_Throws()
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = torch.optim.SGD(parameters, 0.1);
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new SGD.ParamGroup { Parameters = parameters[..1] }));
        Assert.Throws<ArgumentException>(() => torch.optim.SGD([parameters[0], parameters[0]], 0.1));
    }

    [Fact]
    public void AddParamGroup_OptionsOfAnotherOptimizer_Throws()
    {
        using var optimizer = torch.optim.SGD(PyTorchValues.Parameters(), 0.1);
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new Adam.ParamGroup(PyTorchValues.Parameters(), new Adam.Options())));
    }

    [Fact]
    public void AddParamGroup_Later_TrainsItToo()
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = torch.optim.SGD(parameters[..1], 0.1);
        optimizer.add_param_group(new SGD.ParamGroup { Parameters = parameters[1..] });
        PyTorchValues.SetGradients(parameters, 0);
        optimizer.step();
        Assert.NotEqual(PyTorchValues.Values(PyTorchValues.Parameters()[1]), PyTorchValues.Values(parameters[1]));
    }

    [Fact]
    public void Constructor_NamedParameters_TrainsThem()
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = torch.optim.SGD([("weight", parameters[0]), ("bias", parameters[1])], 0.1);
        Assert.Equal(parameters, optimizer.parameters());
    }

    [Fact]
    public void ZeroGrad_AfterBackward_GradientsAreNull()
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = torch.optim.SGD(parameters, 0.1);
        PyTorchValues.SetGradients(parameters, 0);
        optimizer.zero_grad();
        Assert.All(parameters, parameter => Assert.Null(parameter.grad));
    }

    [Theory]
    [MemberData(nameof(Makers))]
    public void Step_NoGradients_ChangesNothing(string name)
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = s_makers[name](parameters);
        Assert.Null(optimizer.step());
        Assert.Equal(PyTorchValues.Values(PyTorchValues.Parameters()[0]), PyTorchValues.Values(parameters[0]));
    }

    [Fact]
    public void Step_WithClosure_RecordsItAndReturnsTheLoss()
    {
        var parameters = PyTorchValues.Parameters();
        using var optimizer = torch.optim.SGD(parameters, 0.5);
        using var scope = torch.NewDisposeScope();
        using var off = torch.no_grad();
        var loss = optimizer.step(() =>
        {
            optimizer.zero_grad();
            var squares = (parameters[0] * parameters[0]).sum();
            squares.backward();
            return squares;
        });

        // p - 0.5 * 2 p = 0
        Assert.Equal(new float[6], PyTorchValues.Values(parameters[0]));
        Assert.True(loss!.item<float>() > 0);
        Assert.False(torch.is_grad_enabled());
    }

    private static void AssertContinues(string name, Action<OptimizerHelper, OptimizerHelper> hand)
    {
        var straight = PyTorchValues.Parameters();
        using var whole = s_makers[name](straight);
        Train(whole, straight, 0, 10);

        var before = PyTorchValues.Parameters();
        using var saved = s_makers[name](before);
        Train(saved, before, 0, 5);
        Parameter[] after = [.. before.Select(parameter => new Parameter(parameter.detach().clone()))];
        using var fresh = s_makers[name](after);
        foreach (var group in saved.ParamGroups) group.LearningRate = 0.1;
        foreach (var group in fresh.ParamGroups) group.LearningRate = 7;
        hand(saved, fresh);
        Train(saved, before, 5, 6);
        Train(fresh, after, 5, 10);
        for (var k = 0; k < after.Length; k++) Assert.Equal(PyTorchValues.Values(straight[k]), PyTorchValues.Values(after[k]));
    }

    private static void Train(OptimizerHelper optimizer, Parameter[] parameters, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            PyTorchValues.SetGradients(parameters, step);
            optimizer.step();
        }
    }

    private static void Reload(OptimizerHelper from, OptimizerHelper to)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        from.save_state_dict(writer);
        bytes.Position = 0;
        using var reader = new BinaryReader(bytes);
        to.load_state_dict(reader);
    }
}
