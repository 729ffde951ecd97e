using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Tests.Training;

/// <summary>An objective that is a function written in the test.</summary>
internal sealed class ScriptedObjective(Func<ObjectiveInput, LossTerms> compute, bool needsTeachers = false) : IObjective
{
    public string Name => "scripted";

    public bool NeedsTeachers => needsTeachers;

    /// <summary>A loss whose gradient is zero everywhere.</summary>
    public static ScriptedObjective Flat { get; } = new(input => new LossTerms(("flat", input.StudentLogits.sum() * 0)));

    public LossTerms Compute(ObjectiveInput input) => compute(input);

    /// <summary>A number off the tape, joined to the logits so that there is something to go back through.</summary>
    public static torch.Tensor Constant(ObjectiveInput input, float value) => (input.StudentLogits.sum() * 0) + value;
}
