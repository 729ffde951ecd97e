namespace Ensemble.Pipeline.Sweeps;

/// <summary>The stages of a sweep, in an order in which each has what it needs.</summary>
internal static class SweepPlan
{
    /// <summary>The stages.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="shared">The keys of what the runs share, in order.</param>
    /// <param name="cells">The runs with their stages' keys.</param>
    public static IReadOnlyList<SweepStage> Of(SweepFolder folder, IReadOnlyList<string> shared, IReadOnlyList<(SweepCell Cell, IReadOnlyList<string> Keys)> cells)
    {
        var stages = new List<SweepStage>();
        foreach (var key in shared)
        {
            var isTeacher = StageKey.TeacherIndex(key) is not null;
            stages.Add(new SweepStage(folder.RootPath, key, isTeacher ? [] : Places(stages, stage => StageKey.TeacherIndex(stage.Key) is not null)));
        }

        var sharedPlaces = Enumerable.Range(0, stages.Count).ToArray();
        var baselines = new Dictionary<(string Student, ulong Seed), int>();
        foreach (var (cell, keys) in cells)
        {
            var path = folder.RunPath(cell.Name);
            foreach (var key in keys)
            {
                var group = (cell.Recipe.Student, cell.Recipe.Seed);
                int[] needs = key switch
                {
                    // The first run of a student and seed trains it; the others copy it.
                    StageKey.Baseline => baselines.TryGetValue(group, out var first) ? [first] : [],
                    StageKey.Student => [.. sharedPlaces.Where(place => stages[place].Key != StageKey.Ensemble)],
                    StageKey.Export => Places(stages, stage => stage.Folder == path && stage.Key == StageKey.Evaluation),
                    _ => [.. sharedPlaces, .. Places(stages, stage => stage.Folder == path)],
                };
                if (key == StageKey.Baseline)
                {
                    baselines.TryAdd(group, stages.Count);
                }

                stages.Add(new SweepStage(path, key, needs));
            }
        }

        stages.Add(new SweepStage(folder.RootPath, StageKey.Table, Places(stages, stage => stage.Key == StageKey.Evaluation)));
        return stages;
    }

    private static int[] Places(List<SweepStage> stages, Func<SweepStage, bool> isMeant) => [.. Enumerable.Range(0, stages.Count).Where(place => isMeant(stages[place]))];
}
