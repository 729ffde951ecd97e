using Ensemble.Data;
using Ensemble.Models;
using TorchSharp;

namespace Ensemble.Training;

/// <summary>Refuses combinations with an <see cref="IFeatureObjective"/> that cannot work, before anything is trained.</summary>
public static class FeatureSupport
{
    /// <summary>Holds that the teachers answer live; needs no data.</summary>
    /// <param name="objective">The student's objective; others than feature objectives pass.</param>
    /// <param name="studentViews">The student's views: where they are counted, the teachers' answers are stored.</param>
    /// <exception cref="FeatureFaultException">The answers are stored, and a store has no inner maps.</exception>
    public static void RequireLiveTeachers(IObjective objective, ViewOptions studentViews)
    {
        if (objective is IFeatureObjective && studentViews.Count > 0)
        {
            throw Stored(objective, $"soft targets stored for {studentViews.Count} views");
        }
    }

    /// <summary>Holds that an architecture has inner maps; needs a network with any weights.</summary>
    /// <param name="objective">The student's objective; others than feature objectives pass.</param>
    /// <param name="architecture">The architecture's name, for the message.</param>
    /// <param name="network">A network of it.</param>
    /// <exception cref="FeatureFaultException">It has none; the message names architectures that have.</exception>
    public static void RequireStages(IObjective objective, string architecture, torch.nn.Module network)
    {
        if (objective is IFeatureObjective && network is not IStagedNetwork { Stages.Count: > 0 })
        {
            throw FeatureFaultException.WithoutStages($"{architecture} with objective '{objective.Name}'");
        }
    }

    internal static FeatureFaultException Stored(IObjective objective, string found) => new(
        $"objective '{objective.Name}'",
        "teachers that answer live, to compare their inner maps",
        found,
        "show a new view each epoch (0 views), or choose an objective that needs logits alone");
}
