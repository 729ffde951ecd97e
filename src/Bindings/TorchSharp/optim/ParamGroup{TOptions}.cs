namespace TorchSharp.Modules;

/// <summary>Parameters that are trained with the same options, of one kind of optimiser.</summary>
/// <typeparam name="TOptions">The options of that optimiser.</typeparam>
public class ParamGroup<TOptions> : ParamGroup
    where TOptions : OptimizerOptions
{
    public ParamGroup()
    {
    }

    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        Options = options;
    }

    /// <inheritdoc cref="ParamGroup.Options"/>
    public new TOptions? Options
    {
        get => (TOptions?)base.Options;
        set => base.Options = value;
    }
}
