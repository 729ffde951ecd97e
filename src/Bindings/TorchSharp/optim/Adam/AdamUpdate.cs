using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>The update of Adam and AdamW, over all parameters of a group at once.</summary>
/// <remarks>
/// At step t, with gradient <c>g</c> (Kingma and Ba 2015, algorithm 1, arXiv 1412.6980; amsgrad: Reddi et al. 2018):
/// <code>
/// m = beta1 m + (1 - beta1) g
/// v = beta2 v + (1 - beta2) g g
/// w = amsgrad ? max(w, v) : v
/// p = p - lr / (1 - beta1^t) m / (sqrt(w) / sqrt(1 - beta2^t) + eps)
/// </code>
/// Weight decay enters before that: Adam adds weight_decay p to g; AdamW multiplies p by 1 - lr weight_decay (Loshchilov and
/// Hutter 2019, arXiv 1711.05101).
/// </remarks>
internal static class AdamUpdate
{
    /// <param name="batch">The parameters with a gradient.</param>
    /// <param name="options">The group's options, all set.</param>
    /// <param name="learningRate">The group's learning rate.</param>
    /// <param name="decoupled">Decays the weights as AdamW does.</param>
    internal static void Apply<TState>(Batch<TState> batch, IAdamOptions options, double learningRate, bool decoupled)
        where TState : OptimizerState, IAdamState
    {
        foreach (var state in batch.States) state.Step++;
        foreach (var sameAge in batch.SplitBy(state => state.Step)) ApplyAtOneAge(sameAge, options, learningRate, decoupled);
    }

    private static void ApplyAtOneAge<TState>(Batch<TState> batch, IAdamOptions options, double learningRate, bool decoupled)
        where TState : OptimizerState, IAdamState
    {
        double beta1 = options.Beta1!.Value, beta2 = options.Beta2!.Value, weightDecay = options.WeightDecay!.Value;
        var step = batch.States[0].Step;
        var parameters = Arg.List(batch.Parameters);
        var gradients = Arg.List(batch.Gradients);
        if (options.Maximize == true) gradients = Arg.List(Ops._foreach_neg.InvokeList(gradients));
        if (weightDecay != 0 && decoupled) Ops._foreach_mul__Scalar.InvokeVoid(parameters, 1 - (learningRate * weightDecay));
        if (weightDecay != 0 && !decoupled) gradients = Arg.List(Ops._foreach_add_List.InvokeList(gradients, parameters, weightDecay));

        var mean = Arg.List([.. batch.States.Select(state => state.ExpAvg)]);
        Ops._foreach_mul__Scalar.InvokeVoid(mean, beta1);
        Ops._foreach_add__List.InvokeVoid(mean, gradients, 1 - beta1);
        var square = Arg.List([.. batch.States.Select(state => state.ExpAvgSq)]);
        Ops._foreach_mul__Scalar.InvokeVoid(square, beta2);
        Ops._foreach_addcmul__Scalar.InvokeVoid(square, gradients, gradients, 1 - beta2);
        if (options.AmsGrad == true) square = Largest(batch.States, square);

        var denominator = Arg.List(Ops._foreach_sqrt.InvokeList(square));
        Ops._foreach_div__Scalar.InvokeVoid(denominator, Math.Sqrt(1 - Math.Pow(beta2, step)));
        Ops._foreach_add__Scalar.InvokeVoid(denominator, options.Epsilon!.Value);
        Ops._foreach_addcdiv__Scalar.InvokeVoid(parameters, mean, denominator, -learningRate / (1 - Math.Pow(beta1, step)));
    }

    private static Arg Largest<TState>(TState[] states, Arg square)
        where TState : OptimizerState, IAdamState
    {
        foreach (var state in states) state.MaxExpAvgSq ??= state.Zeros();
        var largest = Arg.List([.. states.Select(state => state.MaxExpAvgSq!)]);
        Ops._foreach_maximum__List.InvokeVoid(largest, square);
        return largest;
    }
}
