using Ensemble.Training;

namespace Ensemble.Distillation;

/// <summary>The objectives by name. A new one is one file and one line in <see cref="CreateDefault"/>.</summary>
public sealed class ObjectiveRegistry
{
    private readonly SortedDictionary<string, (string Description, Func<ObjectiveOptions, IObjective> Create)> _methods = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names and one-line descriptions, sorted by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Methods =>
        [.. _methods.Select(method => KeyValuePair.Create(method.Key, method.Value.Description))];

    /// <summary>Every objective of this library.</summary>
    public static ObjectiveRegistry CreateDefault() => new ObjectiveRegistry()
        .Add("hard", "cross-entropy with the labels", options => new HardLabels(options.LabelSmoothing))
        .Add("kd", "softened ensemble probabilities (Hinton, Vinyals and Dean 2015)", options => new SoftTargetDistillation(options))
        .Add("logits", "squared distance to the mean logits (Ba and Caruana 2014)", options => new LogitMatching(options))
        .Add("mean-kl", "mean of the divergences from each member (Hinton, Vinyals and Dean 2015, a member at a time)", options => new MeanMemberDivergence(options))
        .Add("dkd", "target class and other classes apart (Zhao et al. 2022)", options => new DecoupledDistillation(options))
        .Add("kd-std", "softened standardised logits (Sun et al. 2024)", options => new StandardizedDistillation(options))
        .Add("dist", "correlations between and within classes (Huang et al. 2022)", options => new RelationDistillation(options))
        .Add("fitnets", "soft targets and a hint at a middle map (Romero et al. 2015); live teachers", options => new HintDistillation(options))
        .Add("attention", "soft targets and where the maps are active (Zagoruyko and Komodakis 2017); live teachers", options => new AttentionTransfer(options));

    /// <summary>Adds an objective.</summary>
    /// <param name="name">The name, not taken yet.</param>
    /// <param name="description">One line: what it is and where it was published.</param>
    /// <param name="create">Makes it from valid options.</param>
    public ObjectiveRegistry Add(string name, string description, Func<ObjectiveOptions, IObjective> create)
    {
        if (!_methods.TryAdd(name, (description, create)))
        {
            throw new ArgumentException($"objective '{name}' is there already", nameof(name));
        }

        return this;
    }

    /// <summary>Makes an objective.</summary>
    /// <exception cref="UnknownNameException">No objective has the name.</exception>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public IObjective Create(string name, ObjectiveOptions options)
    {
        options.Validate();
        return _methods.TryGetValue(name, out var method)
            ? method.Create(options)
            : throw new UnknownNameException("objective", name, [.. _methods.Keys]);
    }
}
