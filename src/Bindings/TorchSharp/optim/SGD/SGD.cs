using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, with momentum, Nesterov's momentum and weight decay.</summary>
/// <remarks>
/// With gradient <c>g</c>, parameter <c>p</c> and buffer <c>b</c>, each step does (PyTorch's documentation of torch.optim.SGD;
/// Sutskever et al. 2013, with the learning rate outside the buffer):
/// <code>
/// g = (maximize ? -g : g) + weight_decay p
/// b = first step ? g : momentum b + (1 - dampening) g
/// p = p - lr (momentum == 0 ? g : nesterov ? g + momentum b : b)
/// </code>
/// </remarks>
public partial class SGD : OptimizerHelper
{
    private readonly Options _defaults;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">Learning rate, 0 or more.</param>
    /// <param name="momentum">How much of the last direction is kept, 0 or more.</param>
    /// <param name="dampening">How much less of the gradient enters the buffer.</param>
    /// <param name="weight_decay">L2 penalty, added to the gradient; 0 or more.</param>
    /// <param name="nesterov">Looks one step ahead; needs a momentum, and no dampening.</param>
    /// <param name="maximize">Climbs instead of descending.</param>
    /// <exception cref="ArgumentException">A number is out of range, or there are no parameters.</exception>
    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    /// <inheritdoc cref="SGD(IEnumerable{Parameter}, double, double, double, double, bool, bool)"/>
    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
    {
        _defaults = new Options
        {
            LearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };
        _defaults.Complete(_defaults);
        AddGroups(parameters);
    }

    public override torch.Tensor? step(Func<torch.Tensor>? closure = null) => Step(Update, closure);

    private protected override OptimizerOptions Complete(OptimizerOptions? given)
    {
        var options = OptimizerOptions.Cast<Options>(given ?? new Options());
        options.Complete(_defaults);
        return options;
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private void Update(Modules.ParamGroup group)
    {
        var batch = Collect<State>(group);
        if (batch.States.Length == 0) return;
        var options = (Options)group.Options!;
        double weightDecay = options.weight_decay!.Value, momentum = options.momentum!.Value;
        var direction = batch.Gradients;
        if (options.maximize == true) direction = Ops._foreach_neg.InvokeList(Arg.List(direction));
        if (weightDecay != 0) direction = Plus(direction, weightDecay, batch.Parameters, batch.Gradients);
        if (momentum != 0)
        {
            var buffers = Accumulate(batch.States, direction, momentum, 1 - options.dampening!.Value);
            direction = options.nesterov == true ? Plus(direction, momentum, buffers, batch.Gradients) : buffers;
        }

        Ops._foreach_add__List.InvokeVoid(Arg.List(batch.Parameters), Arg.List(direction), -group.LearningRate);
    }

    // direction + scale added: in place where the direction is this step's own, never into the caller's gradients.
    private static torch.Tensor[] Plus(torch.Tensor[] direction, double scale, torch.Tensor[] added, torch.Tensor[] gradients)
    {
        if (ReferenceEquals(direction, gradients)) return Ops._foreach_add_List.InvokeList(Arg.List(direction), Arg.List(added), scale);
        Ops._foreach_add__List.InvokeVoid(Arg.List(direction), Arg.List(added), scale);
        return direction;
    }

    // A buffer starts as the first direction; a parameter may get its first gradient later than others of its group.
    private static torch.Tensor[] Accumulate(State[] states, torch.Tensor[] direction, double momentum, double share)
    {
        var started = Enumerable.Range(0, states.Length).Where(k => states[k].momentum_buffer is not null).ToArray();
        if (started.Length > 0)
        {
            torch.Tensor[] buffers = [.. started.Select(k => states[k].momentum_buffer!)], added = [.. started.Select(k => direction[k])];
            Ops._foreach_mul__Scalar.InvokeVoid(Arg.List(buffers), momentum);
            Ops._foreach_add__List.InvokeVoid(Arg.List(buffers), Arg.List(added), share);
            if (buffers.Length == states.Length) return buffers;
        }

        for (var k = 0; k < states.Length; k++) states[k].momentum_buffer ??= direction[k].clone().DetachFromDisposeScope();
        return [.. states.Select(state => state.momentum_buffer!)];
    }
}
