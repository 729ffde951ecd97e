using Ensemble.Data;

namespace Ensemble.Experiments;

/// <summary>The seeds of networks, as a run derives them from its own: a network of a run with the same recipe is the same network.</summary>
public static class Seeds
{
    /// <summary>The seed of a student, or of a network that is trained alone.</summary>
    /// <param name="seed">The experiment's.</param>
    public static ulong OfStudent(ulong seed) => new RandomStream(seed, "pipeline/student").NextUInt32();

    /// <summary>The seed of a member of an ensemble.</summary>
    /// <param name="seed">The experiment's.</param>
    /// <param name="index">Which member, from 0.</param>
    public static ulong OfTeacher(ulong seed, int index) => new RandomStream(seed, "pipeline/teacher", 0, (ulong)index).NextUInt32();
}
