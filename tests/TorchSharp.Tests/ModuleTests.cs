using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests;

/// <summary>Names, states, switches and lifetimes of modules; their arithmetic is ModuleOracleTests'.</summary>
public sealed class ModuleTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void RegisterComponents_FieldsOfAClass_AreNamedAsFields()
    {
        using var block = new Block();

        string[] norm = ["rest.0.weight", "rest.0.bias", "rest.0.running_mean", "rest.0.running_var", "rest.0.num_batches_tracked"];
        Assert.Equal(["scale", "offset", "first.weight", "first.bias", .. norm], block.state_dict().Keys);
        Assert.Equal(["first", "rest", "rest.0"], block.named_modules().Select(found => found.name));
        Assert.Equal(["first", "rest"], block.named_children().Select(found => found.name));
        Assert.Equal(2, block.children().Count());
        Assert.Equal(3, block.modules().Count());
        Assert.Equal(["scale"], block.named_parameters(false).Select(found => found.name));
        Assert.Single(block.parameters(false));
        Assert.Equal(["offset"], block.named_buffers(false).Select(found => found.name));
        Assert.Equal(4, block.buffers().Count());
    }

    [Fact]
    public void Train_OfTheParent_ReachesEveryChild()
    {
        using var block = new Block();
        Assert.True(block.modules().All(module => module.training));

        block.eval();
        Assert.DoesNotContain(block.modules().Append(block), module => module.training);
        block.train();

        Assert.True(block.training && block.modules().All(module => module.training));
    }

    [Fact]
    public void LoadStateDict_AnothersState_CopiesTheValues()
    {
        using Module one = new Block(), other = new Block();

        other.load_state_dict(one.state_dict());

        foreach (var (name, value) in one.state_dict())
            Assert.True(other.state_dict()[name].allclose(value), name);
        Assert.NotSame(one.state_dict()["scale"], other.state_dict()["scale"]);
    }

    [Fact]
    public void LoadStateDict_OtherNames_AreNamedAndRefusedUnlessLenient()
    {
        using var layer = Linear(2, 3);
        Dictionary<string, Tensor> source = new() { ["weight"] = ones(3, 2), ["extra"] = ones(1) };

        var error = Assert.Throws<InvalidOperationException>(() => layer.load_state_dict(source));
        var (missing, unexpected) = layer.load_state_dict(source, strict: false);

        Assert.Contains("missing bias; unexpected extra", error.Message, StringComparison.Ordinal);
        Assert.Equal(["bias"], missing);
        Assert.Equal(["extra"], unexpected);
        Assert.Equal(6f, layer.weight.sum().item<float>());
    }

    [Fact]
    public void LoadStateDict_OtherShape_NamesBoth()
    {
        using var layer = Linear(2, 3, false);

        var error = Assert.Throws<ArgumentException>(() => layer.load_state_dict(new() { ["weight"] = ones(2, 3) }));

        Assert.Contains("weight has shape [2, 3], expected [3, 2]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ZeroGrad_AfterBackward_ForgetsTheGradient(bool setToNone)
    {
        using var layer = Linear(2, 1);
        layer.call(ones(3, 2)).sum().backward();
        Assert.Equal([3f, 3], layer.weight.grad!.data<float>().ToArray());

        layer.zero_grad(setToNone);

        Assert.Equal(setToNone, layer.weight.grad is null);
        if (!setToNone) Assert.Equal([0f, 0], layer.weight.grad!.data<float>().ToArray());
    }

    [Fact]
    public void To_Dtype_ConvertsTheSameParametersAndLeavesCounters()
    {
        using var norm = BatchNorm2d(3);
        var weight = norm.weight!;

        var converted = norm.to(float64).to(CPU).to(CPU, float64).cpu();

        Assert.Same(norm, converted);
        Assert.Same(weight, norm.weight);
        Assert.Equal((float64, float64, int64), (weight.dtype, norm.running_mean!.dtype, norm.num_batches_tracked!.dtype));
        Assert.True(weight.requires_grad && weight.is_leaf);
        norm.call(ones([2, 3, 2, 2], float64)).sum().backward();
        Assert.NotNull(weight.grad);
    }

    [Fact]
    public void Weight_Replaced_IsTheParameterOfThatName()
    {
        using var layer = Linear(2, 3);
        var old = layer.weight;
        var replacement = Parameter(zeros(3, 2));

        layer.weight = replacement;
        layer.bias = null;

        Assert.True(old.IsInvalid);
        Assert.Same(replacement, Assert.Single(layer.named_parameters(), found => found.name == "weight").parameter);
        Assert.Equal(["weight"], layer.state_dict().Keys);
        Assert.Equal(0f, layer.call(ones(1, 2)).sum().item<float>());
        layer.bias = Parameter(ones(3));
        Assert.Equal(["weight", "bias"], layer.state_dict().Keys);
        Assert.Equal(3f, layer.call(ones(1, 2)).sum().item<float>());
    }

    [Fact]
    public void RunningMean_Replaced_IsTheBufferOfThatName()
    {
        using var norm = BatchNorm1d(2);
        norm.eval();

        norm.running_mean = ones(2);
        norm.weight = Parameter(full([2], 2f));

        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"], norm.state_dict().Keys);
        Assert.True(norm.call(ones(1, 2)).allclose(zeros(1, 2)));
    }

    [Fact]
    public void Dispose_OfAModule_FreesParametersBuffersAndChildren()
    {
        var before = LiveTensors.Count();
        using (NewDisposeScope())
        {
            using var block = new Block();
            block.call(ones(2, 3)).sum().backward();
            block.zero_grad();
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Parameters_OfAModuleMadeInAScope_OutliveTheScope()
    {
        Linear layer;
        using (NewDisposeScope()) layer = Linear(2, 2);

        using (layer) Assert.False(layer.weight.IsInvalid || layer.bias!.IsInvalid);
    }

    [Fact]
    public void Forward_InAScope_LeavesOnlyTheResult()
    {
        using var network = Sequential(Linear(3, 4), ReLU(), BatchNorm1d(4), Dropout(0.5), Linear(4, 2));
        var input = ones(5, 3);
        using var scope = NewDisposeScope();

        var output = network.call(input);

        Assert.Equal(output, Assert.Single(scope.DisposablesView));
        Assert.False(input.IsInvalid);
    }

    [Fact]
    public void Sequential_StepThatReturnsItsInput_KeepsIt()
    {
        using var network = Sequential(new Same(), Linear(2, 2), new Same(), new Same());
        var input = ones(1, 2);

        var output = network.call(input);

        Assert.False(input.IsInvalid);
        Assert.Equal([1, 2], output.shape);
    }

    [Fact]
    public void Sequential_Empty_GivesTheInput()
    {
        using var network = Sequential(Array.Empty<Module<Tensor, Tensor>>());
        var input = ones(2);

        Assert.Equal([1f, 1], network.call(input).data<float>().ToArray());
        network.append(ReLU()).append("last", Identity());
        Assert.Equal(2, network.Count);
        Assert.Equal(["0", "last"], network.named_children().Select(child => child.name));
        Assert.IsType<ReLU>(network[0]);
    }

    [Fact]
    public void ModuleList_Items_AreRegisteredUnderTheirPositions()
    {
        using var list = ModuleList<Module<Tensor, Tensor>>(Linear(1, 1), Linear(1, 1, false));
        list.append(BatchNorm1d(1));
        using var replaced = list[0];

        list[0] = Linear(1, 2);

        Assert.Equal(3, list.Count);
        Assert.Equal(["0.weight", "0.bias", "1.weight", "2.weight", "2.bias"], list.named_parameters().Select(found => found.name));
        Assert.Equal([2, 1], list.named_parameters().First().parameter.shape);
        Assert.Equal(3, list.ToList().Count);
    }

    [Fact]
    public void Register_NameTakenOrWithADot_IsRefused()
    {
        using var layer = Linear(1, 1);

        Assert.Throws<InvalidOperationException>(() => layer.register_buffer("weight", zeros(1)));
        Assert.Throws<ArgumentException>(() => layer.register_buffer("a.b", zeros(1)));
        layer.register_buffer("shown", zeros(1));
        layer.register_buffer("hidden", zeros(1), persistent: false);
        Assert.Equal(["weight", "bias", "shown"], layer.state_dict().Keys);
        Assert.Equal(["shown"], layer.named_buffers(include_nonpersistent: false).Select(found => found.name));
    }

    [Fact]
    public void Hooks_OnAModule_SeeAndReplaceUntilRemoved()
    {
        using var layer = Identity();
        var before = layer.register_forward_pre_hook((_, input) => input + 1);
        var after = layer.register_forward_hook((_, input, output) => output * 10);
        Assert.Equal(20f, layer.call(ones(1)).item<float>());

        before.remove();
        Assert.Equal(10f, layer.call(ones(1)).item<float>());
        after.remove();

        Assert.Equal(1f, layer.call(ones(1)).item<float>());
    }

    [Fact]
    public void Apply_Function_MeetsChildrenBeforeTheParent()
    {
        using var block = new Block();
        var met = new List<string>();

        block.apply(module => met.Add(module.GetName()));

        Assert.Equal(["Linear", "BatchNorm1d", "Sequential", "Block"], met);
    }

    [Fact]
    public void Conv2d_PaddingModeOtherThanZeros_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => Conv2d(1, 1, 1, padding_mode: PaddingModes.Reflect));

    [Fact]
    public void Conv2d_ChannelsThatDoNotDivide_SaysSo() =>
        Assert.Contains("do not divide into 2 groups", Assert.Throws<ArgumentException>(() => Conv2d(3, 4, 1, groups: 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void BatchNorm_InputOfOtherDimensions_SaysWhatItTakes()
    {
        using var norm = BatchNorm2d(3);

        Assert.Contains("[N, C, H, W]", Assert.Throws<ArgumentException>(() => norm.call(ones(2, 3))).Message, StringComparison.Ordinal);
    }

    private sealed class Same() : Module<Tensor, Tensor>(nameof(Same))
    {
        public override Tensor forward(Tensor input) => input;
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Parameter scale = Parameter(rand(1));
        private readonly Linear first = Linear(3, 4);
        private readonly Sequential rest = Sequential(BatchNorm1d(4));
        private readonly Tensor offset = rand(1);

        public Block()
            : base(nameof(Block)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return ((rest.call(first.call(input)) * scale) + offset).MoveToOuterDisposeScope();
        }
    }
}
