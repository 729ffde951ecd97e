namespace TorchSharp.Modules;

/// <summary>Adam: steps scaled by running means of the gradient and of its square (Kingma and Ba 2015, arXiv 1412.6980).</summary>
/// <remarks>
/// With gradient <c>g = (maximize ? -g : g) + weight_decay p</c>, at step t (PyTorch's documentation of torch.optim.Adam):
/// <code>
/// m = beta1 m + (1 - beta1) g
/// v = beta2 v + (1 - beta2) g g
/// w = amsgrad ? max(w, v) : v
/// p = p - lr / (1 - beta1^t) m / (sqrt(w) / sqrt(1 - beta2^t) + eps)
/// </code>
/// </remarks>
public partial class Adam : OptimizerHelper
{
    private readonly Options _defaults;

    /// <param name="parameters">What to train.</param>
    /// <param name="lr">Learning rate, 0 or more.</param>
    /// <param name="beta1">Decay of the mean of gradients, in [0, 1).</param>
    /// <param name="beta2">Decay of the mean of squared gradients, in [0, 1).</param>
    /// <param name="eps">Added to the denominator; 0 or more.</param>
    /// <param name="weight_decay">L2 penalty, added to the gradient; 0 or more.</param>
    /// <param name="amsgrad">Divides by the largest mean square so far.</param>
    /// <param name="maximize">Climbs instead of descending.</param>
    /// <exception cref="ArgumentException">A number is out of range, or there are no parameters.</exception>
    public Adam(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <inheritdoc cref="Adam(IEnumerable{Parameter}, double, double, double, double, double, bool, bool)"/>
    public Adam(IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        _defaults = new Options
        {
            LearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };
        AdamOptions.Complete(_defaults, _defaults);
        AddGroups(parameters);
    }

    public override torch.Tensor? step(Func<torch.Tensor>? closure = null) => Step(Update, closure);

    private protected override OptimizerOptions Complete(OptimizerOptions? given)
    {
        var options = OptimizerOptions.Cast<Options>(given ?? new Options());
        AdamOptions.Complete(options, _defaults);
        return options;
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private void Update(Modules.ParamGroup group) =>
        AdamUpdate.Apply(Collect<State>(group), (Options)group.Options!, group.LearningRate, decoupled: false);
}
