namespace Ensemble.Training;

/// <summary>What a student is trained to minimise. The trainer knows this and names no method.</summary>
public interface IObjective
{
    /// <summary>The method's name, as registered.</summary>
    string Name { get; }

    /// <summary>Whether <see cref="ObjectiveInput.TeacherLogits"/> must be there.</summary>
    bool NeedsTeachers { get; }

    /// <summary>The loss of one batch, on the tape.</summary>
    /// <param name="input">What the loss is made of; its tensors belong to the caller.</param>
    /// <returns>The weighted terms, each a scalar; the caller's dispose scope owns them.</returns>
    LossTerms Compute(ObjectiveInput input);
}
