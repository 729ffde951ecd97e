using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What the optimisers share: groups, the state of each parameter, saving and loading.</summary>
/// <remarks>
/// A state that is saved and loaded again continues to the same bits. The binary form: the optimiser's name, the number of
/// groups and of parameters in each, then for each group its options and the states of its parameters.
/// </remarks>
public abstract class OptimizerHelper : Optimizer
{
    // By parameter, not by its native handle: a module that moves to another device keeps its parameters and changes their handles.
    private readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);

    private protected OptimizerHelper()
    {
    }

    /// <exception cref="ArgumentException">A parameter belongs to a group already, or an option is out of range.</exception>
    public override void add_param_group(ParamGroup param_group)
    {
        var seen = new HashSet<Parameter>(_states.Keys, ReferenceEqualityComparer.Instance);
        if (!param_group.Parameters.All(seen.Add))
            throw new ArgumentException("a parameter appears twice in the groups of an optimiser; a step would move it twice", nameof(param_group));
        var options = Complete(param_group.Options);
        param_group.Options = options;
        param_group.InitialLearningRate = param_group.LearningRate;
        Groups.Add(param_group);
        foreach (var parameter in param_group.Parameters)
        {
            var state = NewState(parameter);
            state.Initialize(options);
            _states.Add(parameter, state);
        }
    }

    public override IEnumerable<Parameter> parameters() => Groups.SelectMany(group => group.Parameters);

    public override void zero_grad()
    {
        foreach (var group in Groups)
        {
            foreach (var parameter in group.Parameters) parameter.grad = null;
        }
    }

    /// <summary>The optimiser's own options and states, not copies: what is changed there is changed here.</summary>
    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in Groups)
        {
            dictionary.Options.Add(group.Options!);
            var indices = new List<int>();
            foreach (var parameter in group.Parameters)
            {
                indices.Add(dictionary.State.Count);
                dictionary.State.Add(StateOf(parameter));
            }

            dictionary.StateIndexRef.Add(indices);
        }

        return dictionary;
    }

    /// <summary>Copies the options and states of an optimiser of the same kind, over parameters of the same shapes.</summary>
    /// <exception cref="ArgumentException">The groups, their sizes, the kind or a shape differ.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        RequireSameGroups(own, [.. state_dict.StateIndexRef.Select(indices => indices.Count)], (message) => new ArgumentException(message, nameof(state_dict)));
        for (var g = 0; g < own.Options.Count; g++)
        {
            own.Options[g].LoadStateDict(state_dict.Options[g]);
            foreach (var (to, from) in own.StateIndexRef[g].Zip(state_dict.StateIndexRef[g])) own.State[to].LoadStateDict(state_dict.State[from]);
        }
    }

    /// <exception cref="InvalidDataException">What is read was written by another optimiser, or for other parameters.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        var name = reader.ReadString();
        if (name != GetType().Name) throw new InvalidDataException($"optimiser state: expected that of {GetType().Name}, found that of {name}");
        var counts = new int[reader.ReadInt32()];
        for (var g = 0; g < counts.Length; g++) counts[g] = reader.ReadInt32();
        var own = state_dict();
        RequireSameGroups(own, counts, message => new InvalidDataException(message));
        for (var g = 0; g < counts.Length; g++)
        {
            own.Options[g].LoadStateDict(reader);
            foreach (var index in own.StateIndexRef[g]) own.State[index].LoadStateDict(reader);
        }
    }

    public void save_state_dict(BinaryWriter writer)
    {
        var own = state_dict();
        writer.Write(GetType().Name);
        writer.Write(own.Options.Count);
        foreach (var indices in own.StateIndexRef) writer.Write(indices.Count);
        for (var g = 0; g < own.Options.Count; g++)
        {
            own.Options[g].SaveStateDict(writer);
            foreach (var index in own.StateIndexRef[g]) own.State[index].SaveStateDict(writer);
        }
    }

    /// <summary>Options with every value set: those given, then the optimiser's defaults; validated.</summary>
    private protected abstract OptimizerOptions Complete(OptimizerOptions? given);

    private protected abstract OptimizerState NewState(Parameter parameter);

    private protected void AddGroups(IEnumerable<ParamGroup> groups)
    {
        foreach (var group in groups) add_param_group(group);
        if (_states.Count == 0) throw new ArgumentException("an optimiser needs at least one parameter", nameof(groups));
    }

    /// <summary>Runs the closure, then the update of each group in a dispose scope of its own, without a tape.</summary>
    private protected torch.Tensor? Step(Action<ParamGroup> update, Func<torch.Tensor>? closure)
    {
        torch.Tensor? loss = null;
        if (closure is not null)
        {
            using var on = torch.enable_grad();
            loss = closure();
        }

        using var off = torch.no_grad();
        foreach (var group in Groups)
        {
            using var scope = torch.NewDisposeScope();
            update(group);
        }

        return loss;
    }

    /// <summary>The parameters of a group that have a gradient. The gradients belong to the scope of the step.</summary>
    private protected Batch<TState> Collect<TState>(ParamGroup group)
        where TState : OptimizerState
    {
        var parameters = new List<torch.Tensor>();
        var gradients = new List<torch.Tensor>();
        var states = new List<TState>();
        foreach (var parameter in group.Parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            parameters.Add(parameter);
            gradients.Add(gradient);
            states.Add((TState)StateOf(parameter));
        }

        return new([.. parameters], [.. gradients], [.. states]);
    }

    private protected override void Free()
    {
        foreach (var state in _states.Values) (state as IDisposable)?.Dispose();
        _states.Clear();
        Groups.Clear();
    }

    private static void RequireSameGroups(StateDictionary own, int[] counts, Func<string, Exception> failure)
    {
        var expected = own.StateIndexRef.Select(indices => indices.Count).ToArray();
        if (!expected.AsSpan().SequenceEqual(counts))
            throw failure($"optimiser state: expected groups of [{string.Join(", ", expected)}] parameters, found [{string.Join(", ", counts)}]");
    }

    private OptimizerState StateOf(Parameter parameter) =>
        _states.TryGetValue(parameter, out var state)
            ? state
            : throw new InvalidOperationException("a group holds a parameter that the optimiser never took; add parameters with add_param_group");
}
